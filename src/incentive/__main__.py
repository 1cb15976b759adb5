"""`python -m incentive`: the same as the command `incentive`."""

from __future__ import annotations

import sys

from incentive.cli import script

if __name__ == "__main__":
    sys.exit(script())
