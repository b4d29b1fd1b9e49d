"""Words and sentences. Only what stands in the key is right by itself; the rest is a person's."""

import re
import unicodedata

from rapidfuzz.distance import OSA

from yunke.craft.marking.items.showing import ShortTextKey
from yunke.craft.marking.items.writing import TextKey
from yunke.craft.marking.marks.values import BLANK, RIGHT, Said, unsure, wrong

LONGEST = 2_000
_MARKS = re.compile(r"[\s\"'“”‘’《》〈〉()（）。．.,，;；:：!！?？、·~\-—_]+")
# Shorter Latin words with one letter changed are often other words.
LEAST_FOR_A_TYPO = 5


def plain_words(text: str, case_matters: bool = False) -> str:
    """Without marks, blanks and width; case only where it matters."""
    found = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return found if case_matters else found.casefold()


def said_of_text(key: TextKey, answer: object) -> Said:
    if answer is not None and not isinstance(answer, str | int):
        return unsure("answer.unread")
    text = "" if answer is None else str(answer)
    if not text.strip():
        return BLANK
    if len(text) > LONGEST:
        return unsure("answer.too-long")
    given = plain_words(text, key.case_matters)
    accepted = [plain_words(one, key.case_matters) for one in key.accepted]
    if given in accepted and given:
        return RIGHT
    for result in key.results:
        if plain_words(result.text, key.case_matters) == given:
            return wrong("text.wrong", result.cause)
    if any(_typo(given, one) for one in accepted):
        return unsure("text.near")
    return wrong("text.wrong") if key.closed else unsure("text.other")


def _typo(given: str, accepted: str) -> bool:
    """One letter changed, missing, too many, or two turned round, in a longer Latin word."""
    latin = accepted.isascii() and len(accepted) >= LEAST_FOR_A_TYPO
    return latin and OSA.distance(given, accepted, score_cutoff=1) <= 1


def said_of_short_text(key: ShortTextKey, answer: object) -> Said:
    """The very words of a reference are right; anything else waits for a person."""
    if answer is not None and not isinstance(answer, str):
        return unsure("answer.unread")
    if answer is None or not answer.strip():
        return BLANK
    if len(answer) > LONGEST:
        return unsure("answer.too-long")
    given = plain_words(answer)
    if given and given in {plain_words(one) for one in key.references}:
        return RIGHT
    return unsure("text.person")
