"""Words as marking needs them: stems, what is left without filler, denials, opposites, numbers.

English by a small stemmer (suffixes only: it need not be right, it must do the same to both
sides), Chinese by characters and pairs of characters.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from yunke.craft.marking.short.opposites import DENIALS, FILLER, FILLER_HAN, OPPOSITES
from yunke.craft.marking.short.values import plain
from yunke.craft.marking.short.wordpiece import han

LONGEST = 2_000  # characters that are looked at; a page of copied text says no more
_WORD = re.compile(r"n't|[^\W\d_]+|\d+(?:\.\d+)?")
_ENDINGS = ("ingly", "edly", "ation", "ing", "ed", "es", "s", "ly", "er", "est", "e")


@dataclass(frozen=True)
class Read:
    """One text, taken apart once."""

    text: str
    words: tuple[str, ...]  # as written, small letters
    content: tuple[str, ...]  # stems and characters without filler
    grams: tuple[Counter[str], Counter[str]]  # short and longer runs of characters

    @property
    def denials(self) -> int:
        return sum(word in DENIALS for word in self.words)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word[0].isdigit())


@lru_cache(maxsize=50_000)
def read(text: str) -> Read:
    """Takes a text apart. Pure; kept, because references come again with every answer."""
    short = plain(unicodedata.normalize("NFKC", text[:LONGEST]))
    words = words_of(short)
    sizes = (2, 3) if sum(map(han, short)) * 3 > len(short) else (3, 4)
    grams = (runs(short, sizes[0]), runs(short, sizes[1]))
    return Read(short, words, content(words), grams)


def words_of(text: str) -> tuple[str, ...]:
    """Words, numbers, single Chinese characters; "n't" is a word of its own."""
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("can't", "can n't")
    found: list[str] = []
    for word in _WORD.findall(text.replace("n't", " n't")):
        found += _split(word)
    return tuple(found)


def _split(word: str) -> list[str]:
    """Chinese characters one by one, runs of letters whole."""
    if not any(map(han, word)):
        return [word]
    spaced = "".join(f" {sign} " if han(sign) else sign for sign in word)
    return spaced.split()


def content(words: tuple[str, ...]) -> tuple[str, ...]:
    """Stems of what is not filler; the characters of Chinese as they are."""
    kept = (w for w in words if w not in FILLER and w not in FILLER_HAN)
    return tuple(stem(word) for word in kept)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending: ``bulbs`` bulb, ``heating`` heat, ``stopped`` stop."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= 3:
            doubled = ending in ("ing", "ed", "er") and len(bare) > 3 and bare[-1] == bare[-2]
            return bare[:-1] if doubled else bare
    return word


def runs(text: str, size: int) -> Counter[str]:
    """How often each run of ``size`` characters comes, the text's ends marked by a space."""
    ended = f" {text} "
    return Counter(ended[i : i + size] for i in range(len(ended) - size + 1))


def opposed(reference: Read, answer: Read) -> tuple[tuple[str, str], ...]:
    """Words that only the reference has, each with its opposite that only the answer has."""
    told, said = set(reference.words), set(answer.words)
    only = sorted(told - said)
    return tuple(
        (word, other)
        for word in only
        for other in OPPOSITES.get(word, ())
        if other in said and other not in told
    )


def terms(text: str) -> list[str]:
    """What neighbours are compared by: stems of all words, and each pair of words in a row."""
    words = [stem(word) for word in read(text).words]
    return words + [f"{a} {b}" for a, b in pairwise(words)]
