"""Tables as people keep them: CSV and XLSX, read strictly and written so that nothing runs.

``sheet_csv`` and ``sheet_xlsx`` write; every export of the house goes through them.
"""

from yunke.craft.formats.sheet.columns import (
    Column,
    Header,
    column_of,
    header_of,
    header_with,
    id_read,
    name_read,
)
from yunke.craft.formats.sheet.encoding import Unreadable, encoding_of
from yunke.craft.formats.sheet.table import Broken, Line, csv_lines
from yunke.craft.formats.sheet.write import (
    Cell,
    SheetTooLong,
    neutral,
    plain,
    sheet_csv,
    sheet_kind,
    sheet_xlsx,
)

__all__ = [
    "Broken", "Cell", "Column", "Header", "Line", "SheetTooLong", "Unreadable", "column_of",
    "csv_lines", "encoding_of", "header_of", "header_with", "id_read", "name_read", "neutral",
    "plain", "sheet_csv", "sheet_kind", "sheet_xlsx",
]  # fmt: skip
