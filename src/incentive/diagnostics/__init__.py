"""Findings: what is wrong, where, and how to mend it, in the reader's language."""

from incentive.diagnostics.catalogue import Catalogue, Code, Help, Remark, Twin, fill, in_language
from incentive.diagnostics.codes import CATALOGUE, finding
from incentive.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Language, Severity
from incentive.diagnostics.errors import DataError, IncentiveError, InternalError, PlanError, UsageError
from incentive.diagnostics.render import Source, as_dict, render, visible
from incentive.diagnostics.spans import DataPlace, Span

__all__ = [
    "CATALOGUE",
    "Catalogue",
    "Code",
    "DataError",
    "DataPlace",
    "Diagnostic",
    "Edit",
    "Fix",
    "Help",
    "IncentiveError",
    "InternalError",
    "Label",
    "Language",
    "PlanError",
    "Remark",
    "Severity",
    "Source",
    "Span",
    "Twin",
    "UsageError",
    "as_dict",
    "fill",
    "finding",
    "in_language",
    "render",
    "visible",
]
