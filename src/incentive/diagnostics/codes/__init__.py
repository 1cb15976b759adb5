"""The codes, a module a stage: reading the text, checking, reading data, computing, closing, folders, programs."""

from incentive.diagnostics.catalogue import Catalogue
from incentive.diagnostics.codes.amending import AMENDING
from incentive.diagnostics.codes.checking import CHECKING
from incentive.diagnostics.codes.closing import CLOSING
from incentive.diagnostics.codes.computing import COMPUTING
from incentive.diagnostics.codes.data import DATA
from incentive.diagnostics.codes.files import FILES
from incentive.diagnostics.codes.folders import FOLDERS
from incentive.diagnostics.codes.programs import PROGRAMS
from incentive.diagnostics.codes.text import TEXT
from incentive.diagnostics.codes.writing import WRITING

CATALOGUE = Catalogue([TEXT, WRITING, CHECKING, FILES, AMENDING, DATA, COMPUTING, CLOSING, FOLDERS, PROGRAMS])
finding = CATALOGUE.finding

__all__ = ["CATALOGUE", "finding"]
