"""Paper answer sheets: drawn from a template, photographed, read back by the same template.

In: a ``Template`` and the bytes of a picture or a PDF. Out: a ``SheetReading``: marks, what a
person has to look at and why, the areas to mark by hand as pictures. Unsure is never zero: it is
a person's. ``python -m yunke.craft.marking.sheets --template T.json IMAGE…`` reads from a shell;
``--omrchecker DIR`` reads sheets of OMRChecker. How good it is: ``CARD.md``.

``item`` a question; ``mark`` what is filled in for it; ``bubble`` a place to fill; ``block``
bubbles printed together; ``place`` where the page lies in a picture; ``ink`` darkness without
the light.
"""

from yunke.craft.marking.sheets.draw import Pupil, sheets_pdf
from yunke.craft.marking.sheets.parsing import template_from
from yunke.craft.marking.sheets.reader import read_pages, read_sheet
from yunke.craft.marking.sheets.reading import Quality, SheetReading
from yunke.craft.marking.sheets.template import Template
from yunke.craft.marking.sheets.trouble import WORDS, BadPicture, BadTemplate, Problem
from yunke.craft.marking.sheets.twice import twice

__all__ = [
    "WORDS",
    "BadPicture",
    "BadTemplate",
    "Problem",
    "Pupil",
    "Quality",
    "SheetReading",
    "Template",
    "read_pages",
    "read_sheet",
    "sheets_pdf",
    "template_from",
    "twice",
]
