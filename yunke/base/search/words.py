"""What is written and what is typed, in pieces: characters, words, syllables, initials."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin_dict

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PIECE = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
HAN_RUN = re.compile(f"[{HAN}]+")
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
LONGEST = 80
# Stands between title and the rest, so that no phrase reaches over.
GAP = "00"


@dataclass(frozen=True)
class Document:
    """What can be found: ``title`` weighs ten times, ``more`` (unit, points, author) once."""

    id: int
    title: str
    more: str


def pieces(text: str) -> list[str]:
    """ "古诗 in 3" → ["古", "诗", "in", "3"]."""
    return [piece.lower() for piece in PIECE.findall(text)]


def sounds(text: str) -> tuple[list[str], list[str]]:
    """The pinyin syllables of each run of characters, and their initials."""
    syllables: list[str] = []
    initials: list[str] = []
    for run in RUN.findall(text):
        spoken = lazy_pinyin(run, style=Style.NORMAL) if _is_han(run) else []
        spoken = [s.lower().replace("ü", "v") for s in spoken if s.isalpha() and len(s) < 7]
        syllables += spoken
        initials += [s[0] for s in spoken]
    return syllables, initials


def _is_han(run: str) -> bool:
    return HAN_RUN.fullmatch(run) is not None


@lru_cache(maxsize=1)
def syllables_known() -> frozenset[str]:
    """Every toneless syllable of pypinyin's own table, some 420."""
    toned = {s for row in pinyin_dict.pinyin_dict.values() for s in row.split(",")}
    plain = {"".join(_TONES.get(letter, letter) for letter in syllable) for syllable in toned}
    return frozenset(s for s in plain if s.isascii() and s.isalpha())


_TONES = {
    toned: plain
    for plain, row in {
        "a": "āáǎàa",
        "o": "ōóǒò",
        "e": "ēéěèêếề",
        "i": "īíǐì",
        "u": "ūúǔù",
        "v": "ǖǘǚǜü",
        "n": "ńňǹ",
        "m": "ḿ",
    }.items()
    for toned in row
}


def as_syllables(word: str) -> list[str]:
    """ "gushisan" → ["gu", "shi", "san"]; a last syllable may be unfinished; [] if it is none."""
    known = syllables_known()
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if start in best and word[start:end] in known and end not in best:
                best[end] = [*best[start], word[start:end]]
    if len(word) in best:
        return best[len(word)]
    end = max(best)
    tail = word[end:]
    return [*best[end], tail] if end and any(s.startswith(tail) for s in known) else []


@dataclass(frozen=True)
class Phrase:
    """Pieces that stand one behind the other in one of the ``columns``; with ``open`` the last
    may be a beginning."""

    columns: tuple[str, ...]
    pieces: tuple[str, ...]
    open: bool = False


TEXT, PINYIN, INITIALS = ("title", "more"), ("pinyin",), ("initials",)


def wanted(query: str) -> list[list[Phrase]]:
    """What a person typed: all parts must be found, each in one of its ways; [] for nothing.

    Each run of characters is one phrase (诗古 does not find 古诗), each Latin word a word's
    beginning, a pinyin phrase or initials. Only letters and digits come through, so nothing that
    people type is syntax.
    """
    parts = []
    for run in RUN.findall(query[:LONGEST]):
        letters = tuple(pieces(run))
        parts.append([Phrase(TEXT, letters)] if _is_han(run) else _latin(letters[0]))
    return parts


def _latin(word: str) -> list[Phrase]:
    ways = [Phrase(TEXT, (word,), open=True)]
    if word.isascii() and word.isalpha():
        spoken = as_syllables(word)
        if spoken:
            ways.append(Phrase(PINYIN, tuple(spoken), open=True))
        if 2 <= len(word) <= 8:
            ways.append(Phrase(INITIALS, tuple(word)))
    return ways


# Id, title, more, pinyin, initials: pieces parted by spaces.
Row = tuple[int, str, str, str, str]


def row_of(document: Document) -> Row:
    """The document as an index holds it."""
    syllables, initials = sounds(document.title)
    more, more_initials = sounds(document.more)
    return (
        document.id,
        " ".join(pieces(document.title)),
        " ".join(pieces(document.more)),
        " ".join([*syllables, GAP, *more]),
        " ".join([*initials, GAP, *more_initials]),
    )
