"""Tables as people keep them: CSV and XLSX, read strictly and written so that nothing runs.

``sheet_csv`` and ``sheet_xlsx`` write; every export of the house goes through them.
"""

from yunke.craft.formats.sheet.write import (
    Cell,
    SheetTooLong,
    neutral,
    plain,
    sheet_csv,
    sheet_xlsx,
)

__all__ = ["Cell", "SheetTooLong", "neutral", "plain", "sheet_csv", "sheet_xlsx"]
