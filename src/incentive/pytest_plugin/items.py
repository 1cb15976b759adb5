"""A plan file as tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incentive.diagnostics import PlanError, Source, Span, render
from incentive.language import beside, decode, normalise, take
from incentive.plan import Plan, parse_from
from incentive.testing import example_text, run_examples


class ExampleError(Exception):
    """What is wrong, as people read it; there is no traceback to show."""


class PlanTest(pytest.Item):
    """One test of a plan: the text of what is wrong is found when it runs, nothing if all is well."""

    def __init__(self, *, span: Span | None, **known: Any) -> None:  # noqa: ANN401 - what pytest passes on
        super().__init__(**known)
        self._line = span.line - 1 if span is not None else 0
        self.add_marker("incentive")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:  # noqa: ANN401
        """Say what is wrong in the words of the plan."""
        return str(excinfo.value) if isinstance(excinfo.value, ExampleError) else super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test is written."""
        return self.path, self._line, self.name


class ExampleTest(PlanTest):
    """An example of a plan."""

    def __init__(self, *, plan: Plan, **known: Any) -> None:  # noqa: ANN401
        super().__init__(**known)
        self._plan = plan

    def runtest(self) -> None:
        """Run the example.

        Raises:
            ExampleError: something else came out.
        """
        (result,) = run_examples(self._plan, [self.name])
        if not result.passed:
            raise ExampleError(example_text(result, self._plan.source, self._plan.language))


class UnsoundTest(PlanTest):
    """A plan that does not check."""

    def __init__(self, *, findings: str, **known: Any) -> None:  # noqa: ANN401
        super().__init__(**known)
        self._findings = findings

    def runtest(self) -> None:
        """Fail.

        Raises:
            ExampleError: the plan does not check.
        """
        raise ExampleError(self._findings)


class PlanFile(pytest.File):
    """The examples of a plan, in the order of its text."""

    def collect(self) -> Iterator[PlanTest]:
        """Check the plan and give its tests."""
        inside = self.path.is_relative_to(self.config.rootpath)
        shown = str(self.path.relative_to(self.config.rootpath) if inside else self.path)
        text = ""
        try:
            with self.path.open("rb") as file:
                text = decode(take(file), shown)
            plan = parse_from(text, shown, beside(self.path))
        except PlanError as error:
            source = error.source or Source(shown, normalise(text))
            findings = "\n\n".join(render(each, source if each.span else None) for each in error.diagnostics)
            first = error.diagnostics[0].span
            yield UnsoundTest.from_parent(self, name="check", span=first, findings=findings)
            return
        for each in plan.tree.examples:
            yield ExampleTest.from_parent(self, name=each.label, span=each.span, plan=plan)


def collect(parent: pytest.Collector, path: Path) -> PlanFile:
    """Take a plan file."""
    made: PlanFile = PlanFile.from_parent(parent, path=path)
    return made
