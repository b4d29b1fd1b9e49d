"""A paper's questions laid out as answer sheets: bubbles, boxes for digits, fields to write in.

What stands on a sheet gives nothing away: every number has the same boxes, every choice its
letters, and no word of the paper is printed. Lengths in millimetres.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from yunke.craft.marking.items import (
    ChoiceKey,
    Item,
    Kind,
    MultipleKey,
    NumberForm,
    NumberKey,
    TrueFalseKey,
)
from yunke.school.exams.values.paper import Asking, Drawn, Way

# Voices and deeds do not go on paper.
NOT_ON_PAPER = frozenset({Kind.READING, Kind.RECITATION, Kind.PRACTICAL, Kind.SIGNED})
LINES = {Kind.LONG_TEXT: 18, Kind.HANDWRITING: 7, Kind.SHORT_TEXT: 4, Kind.MATCHING: 3}
FEWEST_LINES, MOST_LINES = 2, 24
TRUE, FALSE = "√", "×"
SIGNS = "-/.0123456789"
LEAST_COLUMNS, MOST_COLUMNS = 5, 9
MOST_OPTIONS = 8
LETTERS = "ABCDEFGH"
MOST_PAGES = 12

LEFT, RIGHT, TOP, BOTTOM = 18.0, 192.0, 43.0, 275.0
ROWS = 5  # of a block of choices
ALONG, DOWN = 8.5, 7.0
DIGIT_ALONG, DIGIT_DOWN = 7.5, 4.9
LINE = 9.0
WORDS = {
    "zh": {"choose": "选择、判断：把选中的圈涂满", "digits": "填数：从左边第一格写起，再涂下面的圈",
           "write": "书写：写在框里", "check": "自查", "checks": "读算查"},
    "en": {"choose": "Choose: fill the bubble completely",
           "digits": "Numbers: begin in the first box on the left, then fill the bubbles",
           "write": "Write inside the frame", "check": "I", "checks": "RWC"},
}  # fmt: skip


class NotOnPaper(ValueError):
    """``positions``: the questions that cannot be answered on paper."""

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, positions)))
        self.positions = tuple(positions)


def askings_of(items: Iterable[tuple[int, Item]], lines: Mapping[int, int]) -> tuple[Asking, ...]:
    """How each question of a paper, by position, is answered on paper.

    ``lines``: to write on, where somebody chose. All numbers get the same count of boxes, so that
    none tells how long its result is. Raises NotOnPaper.
    """
    pairs = list(items)
    refused = [position for position, item in pairs if item.kind in NOT_ON_PAPER]
    if refused:
        raise NotOnPaper(refused)
    asked = [_asking(position, item, lines.get(position)) for position, item in pairs]
    columns = max((one.columns for one in asked), default=0)
    return tuple(replace(one, columns=columns) if one.columns else one for one in asked)


def _asking(position: int, item: Item, lines: int | None) -> Asking:
    key = item.key
    if isinstance(key, TrueFalseKey):
        return Asking(position, Way.BUBBLES, (TRUE, FALSE))
    if isinstance(key, ChoiceKey | MultipleKey) and len(key.options) <= MOST_OPTIONS:
        ids = tuple(option.id for option in key.options)
        return Asking(position, Way.BUBBLES, ids, multiple=isinstance(key, MultipleKey))
    if isinstance(key, NumberKey) and _in_boxes(key):
        columns = max(LEAST_COLUMNS, len(key.value.strip()))
        return Asking(position, Way.DIGITS, unit=key.unit, columns=columns)
    many = LINES.get(item.kind, FEWEST_LINES) if lines is None else lines
    return Asking(position, Way.WRITING, lines=min(max(many, FEWEST_LINES), MOST_LINES))


def _in_boxes(key: NumberKey) -> bool:
    """A number of signs that have bubbles; mixed numbers, rests and percents are written."""
    text = key.value.strip()
    plain = key.form in (NumberForm.ANY, NumberForm.LOWEST, NumberForm.DECIMAL)
    return plain and 0 < len(text) <= MOST_COLUMNS and set(text) <= set(SIGNS)


@dataclass(frozen=True)
class _Tile:
    """Something that goes on a page; ``fields`` gives its fields once it has a place."""

    width: float
    height: float
    fields: Callable[[float, float], list[dict[str, Any]]]
    alone: bool = False  # nothing beside it


def drawn_of(askings: Sequence[Asking], *, exam: str, title: str, language: str = "zh") -> Drawn:
    """The template of the sheets. Raises ValueError where they would have too many pages."""
    words = WORDS["en" if language.startswith("en") else "zh"]
    pages = _flow([tile for tile in _tiles(askings, words)])
    if len(pages) > MOST_PAGES:
        raise ValueError(f"{len(pages)} pages, {MOST_PAGES} are allowed")
    for number, fields in enumerate(pages, start=1):
        fields.append(_check_strip(number, words))
    template = {
        "exam": exam,
        "title": title,
        "paper": [210, 297],
        "bubble": [5.0, 3.6],
        "marker": {"size": 10, "inset": 8},
        "code": {"at": [158, 8], "size": 24},
        "pages": [{"fields": fields} for fields in pages],
    }
    places = {str(one.position): _place(one) for one in askings}
    return Drawn(template, places, len(pages))


def _place(one: Asking) -> dict[str, Any]:
    told: dict[str, Any] = {"position": one.position, "way": one.way.value}
    if one.way is Way.BUBBLES:
        told |= {"options": list(one.options), "multiple": one.multiple}
    if one.way is Way.DIGITS:
        told["unit"] = one.unit
    return told


def _tiles(askings: Sequence[Asking], words: Mapping[str, str]) -> Iterable[_Tile]:
    by_way = {way: [one for one in askings if one.way is way] for way in Way}
    for way, word in ((Way.BUBBLES, "choose"), (Way.DIGITS, "digits"), (Way.WRITING, "write")):
        if by_way[way]:
            yield _heading(words[word])
            yield from _TILES[way](by_way[way])


def _heading(text: str) -> _Tile:
    return _Tile(
        RIGHT - LEFT, 7,
        lambda x, y: [{"kind": "text", "at": [x, y + 4], "text": text, "size": 9}], alone=True,
    )  # fmt: skip


def _choices(asked: list[Asking]) -> Iterable[_Tile]:
    """Blocks of at most five questions with the same bubbles."""
    for _shape, run in groupby(asked, key=lambda one: (_letters(one), one.multiple)):
        same = list(run)
        for start in range(0, len(same), ROWS):
            yield _block(same[start : start + ROWS])


def _letters(one: Asking) -> str:
    return TRUE + FALSE if one.options == (TRUE, FALSE) else LETTERS[: len(one.options)]


def _block(some: list[Asking]) -> _Tile:
    letters = _letters(some[0])
    field = {
        "kind": "choice", "items": [str(one.position) for one in some], "options": letters,
        "multiple": some[0].multiple, "step": [ALONG, DOWN],
    }  # fmt: skip
    width = 58.0 if len(letters) <= 5 else 116.0
    return _Tile(width, len(some) * DOWN + 5, lambda x, y: [{**field, "at": [x + 12, y + 3]}])


def _numbers(asked: list[Asking]) -> Iterable[_Tile]:
    for one in asked:
        yield _digits(one)


def _digits(one: Asking) -> _Tile:
    wide = one.columns * DIGIT_ALONG

    def fields(x: float, y: float) -> list[dict[str, Any]]:
        boxes: dict[str, Any] = {
            "kind": "digits", "item": str(one.position), "columns": one.columns, "values": SIGNS,
            "step": [DIGIT_ALONG, DIGIT_DOWN], "at": [x + 12, y + 12],
        }  # fmt: skip
        unit = {"kind": "text", "at": [x + 9 + wide, y + 7], "text": one.unit, "size": 9}
        return [boxes, unit] if one.unit else [boxes]

    room = 9 + wide + (5 + 3 * len(one.unit) if one.unit else 4)
    return _Tile(room, 12 + len(SIGNS) * DIGIT_DOWN + 4, fields)


def _writings(asked: list[Asking]) -> Iterable[_Tile]:
    for one in asked:
        yield _writing(one)


def _writing(one: Asking) -> _Tile:
    height = one.lines * LINE + 2
    field = {
        "kind": "writing", "item": str(one.position), "size": [RIGHT - LEFT - 10, height],
        "lines": one.lines,
    }  # fmt: skip
    return _Tile(
        RIGHT - LEFT, height + 4, lambda x, y: [{**field, "at": [x + 10, y + 1]}], alone=True
    )


_TILES: dict[Way, Callable[[list[Asking]], Iterable[_Tile]]] = {
    Way.BUBBLES: _choices, Way.DIGITS: _numbers, Way.WRITING: _writings,
}  # fmt: skip


def _flow(tiles: Sequence[_Tile]) -> list[list[dict[str, Any]]]:
    """Tiles on shelves, shelves on pages, in order. A heading stays with what follows it."""
    pages: list[list[dict[str, Any]]] = [[]]
    x, y, high = LEFT, TOP, 0.0
    for place, tile in enumerate(tiles):
        if tile.alone or x + tile.width > RIGHT:
            x, y, high = LEFT, y + high, 0.0
        after = tiles[place + 1].height if tile.height == 7 and place + 1 < len(tiles) else 0
        if y + tile.height + after > BOTTOM and pages[-1]:
            pages.append([])
            x, y, high = LEFT, TOP, 0.0
        pages[-1].extend(tile.fields(x, y))
        x, high = x + tile.width, max(high, tile.height)
        if tile.alone:
            x, y, high = LEFT, y + high, 0.0
    return pages


def _check_strip(number: int, words: Mapping[str, str]) -> dict[str, Any]:
    """Three bubbles for the pupil's own use at the head of every page: read, reckoned, checked.

    They count for nothing; a page without any other bubble is told from a wall by them.
    """
    return {
        "kind": "choice", "items": [f"{words['check']}{number}"], "options": words["checks"],
        "multiple": True, "step": [ALONG, DOWN], "at": [116, 34],
    }  # fmt: skip


def answer_of(place: Mapping[str, Any], mark: str | None) -> Any:
    """What the marking takes, from what is filled in: option ids, a truth value, a number's text.

    Raises ValueError for a mark that this place does not have.
    """
    if not mark:
        return None
    if place["way"] == Way.DIGITS:
        if not set(mark) <= set(SIGNS):
            raise ValueError(mark)
        return f"{mark}{place.get('unit', '')}"
    options = list(place["options"])
    if options == [TRUE, FALSE]:
        return {TRUE: True, FALSE: False}[mark] if mark in options else _no(mark)
    chosen = [options[_index(letter, len(options))] for letter in mark]
    if place["multiple"]:
        return list(dict.fromkeys(chosen))
    return chosen[0] if len(chosen) == 1 else _no(mark)


def _index(letter: str, options: int) -> int:
    found = LETTERS.find(letter)
    return found if 0 <= found < options else _no(letter)


def _no(mark: str) -> Any:
    raise ValueError(mark)


def letters_of(place: Mapping[str, Any]) -> str:
    """The bubbles of a place, as printed."""
    options = list(place.get("options", ()))
    return TRUE + FALSE if options == [TRUE, FALSE] else LETTERS[: len(options)]
