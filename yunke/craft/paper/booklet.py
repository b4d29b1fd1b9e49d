"""A paper to print: its questions as A4, with their formulas and pictures, in one column or two.

Texts come as the safe HTML that pages show: formulas in it are MathML. It is taken apart into plain
lists here; what is drawn from them knows nothing else, and no text is ever run as a program.
"""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typst
from lxml import etree, html
from PIL import Image

from yunke.craft.paper.tickets import HERE, fonts

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PICTURE_LONG = 1200  # pixels of the longer side on paper
MATH = {
    "mfrac": ("frac", 2), "msup": ("sup", 2), "mover": ("sup", 2), "msub": ("sub", 2),
    "munder": ("sub", 2), "msubsup": ("both", 3), "munderover": ("both", 3), "mroot": ("root", 2),
}  # fmt: skip
# What XML knows no sign for.
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BARS = ("¯", "―", "‾", "―", "_", "\u0305")
BLOCKS = ("p", "div", "li", "tr")
Node = list[Any]
Fetch = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Printed:
    """A question. ``asked``, ``options``: safe HTML; ``worth``: its points in words."""

    number: int
    asked: str
    worth: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    name: str
    questions: tuple[Printed, ...]


@dataclass(frozen=True)
class Booklet:
    """``line``: under the title; ``large``: for eyes that need it, always in one column."""

    title: str
    line: str
    note: str
    parts: tuple[Part, ...]
    large: bool = False
    language: str = "zh"


def booklet_pdf(booklet: Booklet, picture: Fetch) -> bytes:
    """The PDF. ``picture``: the bytes behind the last part of an address, None for none. A paper of
    twenty questions takes some tenths of a second."""
    pictures: dict[str, bytes] = {}

    def taken(source: str) -> str:
        name = source.rsplit("/", 1)[-1]
        if name not in pictures:
            pictures[name] = small(picture(name) or b"")
        return name if pictures[name] else ""

    told = {
        "title": booklet.title, "line": booklet.line, "note": booklet.note,
        "large": booklet.large, "language": booklet.language,
        "columns": not booklet.large and two_columns(booklet),
        "sections": [
            {"name": part.name, "questions": [_question(q, taken) for q in part.questions]}
            for part in booklet.parts
        ],
    }  # fmt: skip
    told["pictures"] = {
        name: list(data) for name, data in pictures.items() if data
    }  # bytes, as Typst takes them
    return bytes(
        typst.compile(
            (HERE / "booklet.typ").read_bytes(), font_paths=fonts(),
            sys_inputs={"data": json.dumps(told)}, format="pdf",
        )
    )  # fmt: skip


def two_columns(booklet: Booklet) -> bool:
    """Two save paper where there is more than a third of a page and nothing wide."""
    texts = [t for part in booklet.parts for q in part.questions for t in (q.asked, *q.options)]
    return sum(map(len, texts)) > 500 and not any("<table" in text for text in texts)


def _question(one: Printed, taken: Callable[[str], str]) -> dict[str, Any]:
    return {
        "number": str(one.number), "asked": pieces(one.asked, taken), "worth": one.worth,
        "options": [
            {"letter": letter, "text": pieces(text, taken)}
            for letter, text in zip(LETTERS, one.options, strict=False)
        ],
    }  # fmt: skip


def pieces(text: str, taken: Callable[[str], str] = lambda source: "") -> list[Node]:
    """HTML as lists: text, lines, blanks, pictures, formulas."""
    root = html.fragment_fromstring(UNFIT.sub("", text), create_parent="div")
    return _inside(root, taken)


def _inside(element: "etree._Element", taken: Callable[[str], str]) -> list[Node]:
    found: list[Node] = _words(element.text)
    for one in element:
        found += _piece(one, taken) if isinstance(one.tag, str) else []
        found += _words(one.tail)
    return found


def _piece(one: "etree._Element", taken: Callable[[str], str]) -> list[Node]:
    tag = etree.QName(one).localname
    if tag == "math":
        return [["math", ["row", [formula(part) for part in one]]]]
    if tag == "img":
        name = taken(one.get("src", ""))
        return [["picture", name]] if name else _words(one.get("alt", ""))
    if tag == "br":
        return [["line", ""]]
    inside = _inside(one, taken)
    if tag in ("b", "strong"):
        return [["strong", inside]]
    return [["group", inside], ["line", ""]] if tag in BLOCKS else [["group", inside]]


def _words(text: str | None) -> list[Node]:
    """Text, with its blanks (four low lines) as lines to write on."""
    found: list[Node] = []
    for n, part in enumerate((text or "").split("____")):
        found += [["blank", ""]] if n else []
        found += [["text", part]] if part else []
    return found


def formula(element: "etree._Element") -> Node:
    """MathML as lists. What is not known is drawn as the row of its parts."""
    tag = etree.QName(element).localname
    parts = [formula(one) for one in element]
    if not parts:
        words = (element.text or "").strip()
        return ["text" if tag == "mtext" else "sym", words or " "]
    kind, many = MATH.get(tag, ("row", 0))
    if tag == "msqrt":
        return ["sqrt", parts]
    if tag == "mtable":
        return ["table", [["row", _cells(row)] for row in element]]
    if tag == "mover" and len(parts) == 2 and parts[1][1] in BARS:
        return ["overline", parts[:1]]
    return [kind, parts] if many == len(parts) else ["row", parts]


def _cells(row: "etree._Element") -> list[Node]:
    return [["row", [formula(one) for one in cell]] for cell in row]


def small(data: bytes) -> bytes:
    """A picture in our own pixels, no larger than paper shows; b"" for none."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.thumbnail((PICTURE_LONG, PICTURE_LONG))
            out = io.BytesIO()
            image.convert("L" if image.mode == "L" else "RGB").save(out, "PNG")
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()
