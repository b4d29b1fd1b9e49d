"""What the rooms above tell of their things: the questions in them and what each is worth."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from yunke.school.attempts.values import Of, Place

Asked = Callable[[list[int]], dict[int, tuple[Place, ...]]]
PageOf = Callable[[int], str]
Signed = Callable[[set[tuple[int, int]]], set[tuple[int, int]]]
_ASKED: dict[Of, Asked] = {}
_PAGES: dict[Of, PageOf] = {}
_SIGNED: dict[Of, Signed] = {}


def things_from(of: Of, asked: Asked) -> None:
    """A room above names the read that gives the questions of its things, by thing id."""
    _ASKED[of] = asked


def page_from(of: Of, page: PageOf) -> None:
    """A room above names the page of its things, by thing id: an attempt is shown there."""
    _PAGES[of] = page


def signed_from(of: Of, signed: Signed) -> None:
    """A room above names the read that says for which of these (thing id, person id) a guardian
    has signed. Where no room says so nothing is signed: a pupil's own tick is no signature."""
    _SIGNED[of] = signed


def signed_of(wanted: Iterable[tuple[Of, int, int]]) -> set[tuple[Of, int, int]]:
    """Which of these (kind, thing, person) a guardian has signed. One call a kind."""
    found: set[tuple[Of, int, int]] = set()
    by_kind: dict[Of, set[tuple[int, int]]] = {}
    for of, thing, person in wanted:
        by_kind.setdefault(of, set()).add((thing, person))
    for of, pairs in by_kind.items():
        if of in _SIGNED:
            found |= {(of, *pair) for pair in _SIGNED[of](pairs)}
    return found


def page_of(of: Of, of_id: int) -> str:
    """The thing's page in its own room; "" where the room has none."""
    return _PAGES[of](of_id) if of in _PAGES else ""


def places_of(things: Iterable[tuple[Of, int]]) -> dict[tuple[Of, int], dict[int, Fraction]]:
    """What each question is worth in each thing. One call a kind."""
    found: dict[tuple[Of, int], dict[int, Fraction]] = {}
    wanted: dict[Of, list[int]] = {}
    for of, number in things:
        wanted.setdefault(of, []).append(number)
    for of, numbers in wanted.items():
        for number, places in _ASKED[of](sorted(set(numbers))).items() if of in _ASKED else ():
            found[of, number] = {place.question_id: place.points for place in places}
    return found
