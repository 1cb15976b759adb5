"""Compute what a checked plan pays.

`compile_plan` once, then `run` it on facts or `pay` one person from plain values; `explain` and `explain_given` compute
the same line and record how. `ask_given` and `ask_named` answer for any figure, which examples need. The reference
engine is the specification that runs; the columnar engine gives the same digits for many rows, and `choose` says which.
"""

from incentive.engines.choosing import (
    ColumnarRun,
    Engine,
    EngineChoice,
    FileKind,
    Frame,
    choose,
    frame_of,
    on_columns,
    run_columnar,
    settled_frame_of,
    write_lines,
)
from incentive.engines.reference import (
    Asked,
    Compiled,
    ask_given,
    ask_named,
    compile_plan,
    excluded,
    explain,
    explain_given,
    pay,
    run,
    settle_given,
)

__all__ = [
    "Asked",
    "ColumnarRun",
    "Compiled",
    "Engine",
    "EngineChoice",
    "FileKind",
    "Frame",
    "ask_given",
    "ask_named",
    "choose",
    "compile_plan",
    "excluded",
    "explain",
    "explain_given",
    "frame_of",
    "on_columns",
    "pay",
    "run",
    "run_columnar",
    "settle_given",
    "settled_frame_of",
    "write_lines",
]
