"""Wrong causes of arithmetic, found and not guessed: procedures that yield the pupil's answer.

In: an item (``42-17``) and an answer (``35``). Out: whether it is right, and the bugs of the
library that give just this answer on this item, named in Chinese and English, each with its
source; none where a slip of the pen would end there as easily. ``causes_of`` takes a pupil's
whole paper. ``python -m yunke.craft.marking.causes`` does it for lines of JSON.
"""

from yunke.craft.marking.causes.bug import Bug, Known
from yunke.craft.marking.causes.finding import Cause, Found, bugs_giving, find_causes
from yunke.craft.marking.causes.library import BUGS, BY_ID
from yunke.craft.marking.causes.papers import PaperCause, causes_of

__all__ = [
    "BUGS",
    "BY_ID",
    "Bug",
    "Cause",
    "Found",
    "Known",
    "PaperCause",
    "bugs_giving",
    "causes_of",
    "find_causes",
]
