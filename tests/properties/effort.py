"""How many examples a property draws: few in the gate, many in `make fuzz`, which says how many there were."""

from __future__ import annotations

import os
from collections import Counter
from typing import Final

from hypothesis import HealthCheck, settings

TIMES: Final = int(os.environ.get("INCENTIVE_FUZZ", "1"))
executions: Counter[str] = Counter()


def draws(count: int) -> settings:
    """Settings for a number of examples in the gate; a long run draws other ones each time."""
    return settings(
        max_examples=count * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def summary() -> list[str]:
    """How often each property was tried."""
    return [f"{count:>10} {name}" for name, count in executions.items()] if TIMES > 1 else []
