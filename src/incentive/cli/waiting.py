"""Show that something is being computed, to somebody who waits at a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from incentive.cli.phrases import phrase
from incentive.diagnostics import Language

_PATIENCE = 2  # seconds


@contextmanager
def waiting(language: Language) -> Iterator[None]:
    """Count the seconds on standard error while the block runs, from the third on and on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    clock = threading.Thread(target=_tell, args=(done, language), daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()


def _tell(done: threading.Event, language: Language) -> None:
    seconds = _PATIENCE
    if done.wait(_PATIENCE):
        return
    while True:
        sys.stderr.write(f"\r{phrase('computing', language, n=str(seconds))}")
        sys.stderr.flush()
        if done.wait(1):
            sys.stderr.write("\r\x1b[K")
            return
        seconds += 1
