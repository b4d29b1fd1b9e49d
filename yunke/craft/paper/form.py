"""A form of consent on paper: one page or two a person, every question with the same two boxes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import typst

from yunke.craft.paper.tickets import HERE, fonts


@dataclass(frozen=True)
class Words:
    """Every word of the form that is not a question, in the reader's language."""

    title: str
    intro: str
    yes: str
    no: str
    milder: str
    child: str
    signed: str
    relation: str
    day: str
    foot: str


@dataclass(frozen=True)
class Question:
    """``code``: what the school types to be sure that it is the same wording."""

    name: str
    what: str
    milder: str
    code: str


def form_pdf(
    words: Words,
    questions: Sequence[Question],
    people: Sequence[tuple[str, str]],
    language: str = "zh",
) -> bytes:
    """The PDF, A4; ``people``: name and the line under it. A class takes half a second."""
    data = {
        "words": asdict(words),
        "questions": [asdict(question) for question in questions],
        "people": [{"name": name, "line": line} for name, line in people],
        "language": language,
    }
    return bytes(
        typst.compile(
            (HERE / "form.typ").read_bytes(),
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
        )
    )
