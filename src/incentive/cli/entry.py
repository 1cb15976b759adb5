"""From arguments to an exit code; the one place that turns what went wrong into a sentence."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Final

from incentive.cli.arguments import make_parser
from incentive.cli.terminal import open_streams, warn
from incentive.diagnostics import UsageError

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INTERNAL: Final = 3
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells count
CLOSED: Final = 141  # 128 + SIGPIPE: who read the output stopped before its end

# A command's module is imported when the command runs: `check` runs in hooks and editors, where the time to import
# engines and readers would be felt at each save. INVARIANT: tests/cli/test_starting.py lists what `check` may import.
_COMMANDS: Final = {
    "new": "incentive.cli.new",
    "check": "incentive.cli.check",
    "run": "incentive.cli.run",
    "audit": "incentive.cli.audit",
    "explain": "incentive.cli.explain",
    "test": "incentive.cli.test",
    "requires": "incentive.cli.requires",
    "map": "incentive.cli.map",
    "fmt": "incentive.cli.fmt",
    "translate": "incentive.cli.translate",
    "help": "incentive.cli.help",
}


def script() -> int:
    """Run the command of this process, which owns it and may set how its memory is tidied.

    What a command makes is used until it ends and holds few cycles: looking for garbage as often as by default is a
    tenth of the time of a short command and of a long one.
    """
    gc.set_threshold(100_000, 50, 50)
    return main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the name of the program; those of the process, if None.

    Returns:
        0 fine, 1 findings, 2 usage or unreadable input, 3 a fault of the library, 130 interrupted, 141 output closed.
    """
    open_streams()
    try:
        arguments = make_parser().parse_args(argv)
        code = _command(arguments.command)(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has said why
        return stop.code if isinstance(stop.code, int) else USAGE
    except UsageError as error:
        warn(f"incentive: {error}")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return CLOSED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        if os.environ.get("INCENTIVE_DEBUG") == "1":
            traceback.print_exc()
        warn(
            f"incentive: internal error ({type(error).__name__}: {error}). This is a fault of the program, not yours; "
            "please report it. INCENTIVE_DEBUG=1 shows where it happened."
        )
        return INTERNAL
    return code


def _command(name: str) -> Callable[[Namespace], int]:
    run: Callable[[Namespace], int] = importlib.import_module(_COMMANDS[name]).run
    return run


def _close_quietly() -> None:
    """Keep the interpreter from flushing into the closed pipe when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # no file behind it
        pass
    finally:
        os.close(nowhere)
