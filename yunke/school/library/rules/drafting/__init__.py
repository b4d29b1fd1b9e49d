"""A question between the editor's fields and ``craft.marking``'s item, both ways, on plain values.

``item_from_fields`` says by field what is missing (codes that pages translate); ``fields_of`` gives
back what was written, so that an item opens in the editor as it was.
"""

from yunke.school.library.rules.drafting.fields import Fields, Unfit
from yunke.school.library.rules.drafting.keeping import kept_from
from yunke.school.library.rules.drafting.reading import item_from_fields, names_free
from yunke.school.library.rules.drafting.telling import fields_of
from yunke.school.library.rules.drafting.typing import typed_of

__all__ = [
    "Fields",
    "Unfit",
    "fields_of",
    "item_from_fields",
    "kept_from",
    "names_free",
    "typed_of",
]
