"""Write the parser's tables anew, after a change of the grammar, of the keywords or of lark."""

from incentive.language.tables import TABLES, build, dump

TABLES.write_text(dump(build()), encoding="utf-8")
