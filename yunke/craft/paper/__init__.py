"""Paper that a school cuts and hands out: tickets on A4, eight a page, set by Typst.

In: a ``Sheet`` of ``Ticket`` values with every word already in the reader's language. Out: a PDF.
Black alone works. A ticket carries a QR code, a code to type, pictures in order, or any of them.
"""

from yunke.craft.paper.form import Question, Words, form_pdf
from yunke.craft.paper.tickets import Sheet, Ticket, sheet_pdf

__all__ = ["Question", "Sheet", "Ticket", "Words", "form_pdf", "sheet_pdf"]
