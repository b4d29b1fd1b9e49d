"""Numbers and quantities as people in a Chinese school write them, read without losing anything.

In: a text such as ``１２．５``, ``3 1/2``, ``1又1/2``, ``一千零五``, ``35%``, ``3米5厘米``. Out: a
``Number`` or a ``Quantity`` whose value is a ``Fraction``, or None: what is not understood is
never guessed, and never zero.
"""

from yunke.craft.marking.numbers.chinese import chinese_number
from yunke.craft.marking.numbers.clean import clean
from yunke.craft.marking.numbers.quantities import Quantity, read_quantity
from yunke.craft.marking.numbers.reading import Form, Number, read_number
from yunke.craft.marking.numbers.rests import read_rest

__all__ = [
    "Form",
    "Number",
    "Quantity",
    "chinese_number",
    "clean",
    "read_number",
    "read_quantity",
    "read_rest",
]
