"""Text to the word pieces that the sentence model was trained on (BERT, uncased).

Source: Wu et al. 2016 (word pieces), Devlin et al. 2019. The list of pieces is BERT's own
(Apache-2.0), 30,522 lines, packed. Written here because the usual library brings a client for a
hub on the network along, and nothing here may ask a network.
"""

import gzip
import unicodedata
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("pieces.txt.gz")
BEGIN, END, UNKNOWN = 101, 102, 100
LONGEST_WORD = 100


@cache
def pieces() -> dict[str, int]:
    """Each piece and its number."""
    lines = gzip.decompress(_FILE.read_bytes()).decode("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


def cut(text: str, most: int) -> tuple[list[str], list[int]]:
    """The pieces of a text and their numbers, without the two marks; ``most`` pieces at most."""
    known = pieces()
    names: list[str] = []
    for word in _words(text):
        names += _pieces_of(word, known)
        if len(names) >= most:
            break
    names = names[:most]
    return names, [known.get(name, UNKNOWN) for name in names]


def _pieces_of(word: str, known: dict[str, int]) -> list[str]:
    """Longest piece first, from the left; a word that does not come out even is unknown."""
    if len(word) > LONGEST_WORD:
        return ["[UNK]"]
    found: list[str] = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in known:
            end -= 1
        if end == start:
            return ["[UNK]"]
        found.append(("##" if start else "") + word[start:end])
        start = end
    return found


def _words(text: str) -> list[str]:
    """Lower case, accents gone, every sign and every Chinese character a word of its own."""
    clean = "".join(_shown(sign) for sign in text)
    bare = (
        s for s in unicodedata.normalize("NFD", clean.lower()) if unicodedata.category(s) != "Mn"
    )
    return "".join(f" {s} " if _alone(s) else s for s in bare).split()


def _shown(sign: str) -> str:
    if sign in "\t\n\r" or unicodedata.category(sign) == "Zs":
        return " "
    hidden = sign in "\x00�" or unicodedata.category(sign).startswith("C")
    return "" if hidden else sign


def _alone(sign: str) -> bool:
    code = ord(sign)
    if code < 128:
        return 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return unicodedata.category(sign).startswith("P") or han(sign)


def han(sign: str) -> bool:
    """Whether a sign is a Chinese character (the ranges that BERT names)."""
    code = ord(sign)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )
