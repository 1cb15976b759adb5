"""The command line: arguments in, text and an exit code out.

A plan is checked in an editor hook, computed in a nightly job and explained at a desk, so each command starts fast,
gives the same bytes for the same input, keeps results on standard output and remarks on standard error, and says by
its exit code what happened: 0 fine, 1 findings, 2 usage or unreadable input, 3 a fault of ours.
"""

from incentive.cli.entry import main, script

__all__ = ["main", "script"]
