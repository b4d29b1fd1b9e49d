"""Which of our schools and classes the file means, and what in it is new or changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from yunke.gate.exchange.rules.titles import class_name, class_number, grade_of
from yunke.gate.exchange.values import Act, ClassHas, ClassWant, OrgHas, OrgWant, Wrong

Faults = Callable[[Wrong], None]
LEVELS = {"school": "school", "district": "county", "local": "county", "state": "city"}
HIGHER = {"city": 3, "county": 2, "school": 1}


@dataclass(frozen=True)
class Reach:
    """What the clerk may write: everything below ``org``. ``schools``: None for the whole city."""

    org: int
    level: str
    schools: frozenset[int] | None

    def holds(self, school: int) -> bool:
        return self.schools is None or school in self.schools


@dataclass
class Places:
    """The file's offices and schools against ours. ``alias``: source → our id (negative: new)."""

    orgs: list[OrgWant] = field(default_factory=list)
    alias: dict[str, int] = field(default_factory=dict)
    # The file names another school than the one it is brought in for.
    stranger: str = ""


def orgs_match(
    wanted: Iterable[OrgWant], has: Iterable[OrgHas], reach: Reach, faults: Faults, file: str
) -> Places:
    """Match by source id, code, name; what is left is new, where the clerk may make it."""
    ours = list(has)
    rows = {want.source: want for want in wanted}
    found = Places()
    for source, want in rows.items():
        known = _known(want, ours, reach)
        if known is not None:
            found.alias[source] = known.id
    _single_school(rows, found, ours, reach)
    # Parents before their parts, so that a new school finds its new county.
    for want in sorted(rows.values(), key=lambda w: -HIGHER[_level(w)]):
        if want.source not in found.alias and want.type != "department":
            _make(want, rows, found, ours, reach, faults, file)
    _departments(rows, found)
    _told(rows, found, ours, reach, faults, file)
    return found


def _make(
    want: OrgWant, rows: Mapping[str, OrgWant], found: Places, ours: list[OrgHas], reach: Reach,
    faults: Faults, file: str,
) -> None:  # fmt: skip
    parent = _parent(want, rows, found, ours, reach)
    if parent is None or not _may_make(want, parent, reach):
        faults(Wrong(file, want.line, "name", "other-school", want.name))
        return
    code = (want.code or want.source)[:40]
    if code in {o.code for o in ours} | {(o.code or o.source)[:40] for o in found.orgs}:
        faults(Wrong(file, want.line, "identifier", "same-code", code))
        return
    number = -1 - sum(one.act == Act.NEW for one in found.orgs)
    found.alias[want.source] = number
    made = replace(want, id=number, level=_level(want), parent_id=parent, act=Act.NEW)
    found.orgs.append(made)


def _told(
    rows: Mapping[str, OrgWant], found: Places, ours: list[OrgHas], reach: Reach,
    faults: Faults, file: str,
) -> None:  # fmt: skip
    """Ours that the file names; one beyond the clerk's reach is wrong."""
    by_id = {org.id: org for org in ours}
    for source, number in found.alias.items():
        want = rows[source]
        if number > 0 and want.type != "department":
            org = by_id[number]
            own = replace(want, id=number, level=org.level, parent_id=org.parent, name=org.name)
            found.orgs.append(own)
            if org.level == "school" and not reach.holds(number):
                faults(Wrong(file, want.line, "name", "other-school", want.name))


def _level(want: OrgWant) -> str:
    return LEVELS.get(want.type, "city" if want.type == "national" else "school")


def _known(want: OrgWant, ours: list[OrgHas], reach: Reach) -> OrgHas | None:
    level = _level(want)
    by_source = [o for o in ours if o.source and o.source == want.source]
    if by_source:
        return by_source[0]
    fits = [o for o in ours if o.level == level or (level != "school" and o.level != "school")]
    codes = [o for o in fits if o.code in (want.code, want.source)]
    names = [o for o in fits if o.name == want.name]
    near = [o for o in names if reach.holds(o.id)] or names
    for some in (codes, near):
        if len(some) == 1:
            return some[0]
    return None


def _single_school(
    rows: Mapping[str, OrgWant], found: Places, ours: list[OrgHas], reach: Reach
) -> None:
    """A school's own file has one school: ours, even when it is written in another way."""
    if reach.level != "school":
        return
    schools = [w for w in rows.values() if w.type == "school"]
    schools = schools or [w for w in rows.values() if w.parent not in rows]
    if len(schools) == 1 and schools[0].source not in found.alias:
        want = schools[0]
        own = next(o for o in ours if o.id == reach.org)
        found.alias[want.source] = own.id
        if want.name not in own.name and own.name not in want.name:
            found.stranger = want.name


def _parent(
    want: OrgWant, rows: Mapping[str, OrgWant], found: Places, ours: list[OrgHas], reach: Reach
) -> int | None:
    """Under which of our offices a new one stands: the file's own, else the clerk's."""
    parent = found.alias.get(want.parent)
    level = _level(want)
    by_id = {org.id: org for org in ours}
    told = {org.id: org.level for org in found.orgs}
    if parent is not None:
        above = told.get(parent) or (by_id[parent].level if parent in by_id else "")
        if HIGHER.get(above, 0) == HIGHER[level] + 1:
            return parent
    own = by_id[reach.org]
    if HIGHER[own.level] == HIGHER[level] + 1:
        return own.id
    under = [org for org in ours if org.level == "county" and org.parent == reach.org]
    if level == "school" and own.level == "city" and len(under) == 1:
        return under[0].id
    return None


def _may_make(want: OrgWant, parent: int, reach: Reach) -> bool:
    level = _level(want)
    if reach.level == "city":
        return level in ("county", "school")
    return reach.level == "county" and level == "school" and parent == reach.org


def _departments(rows: Mapping[str, OrgWant], found: Places) -> None:
    """A department's people are its school's."""
    for source, want in rows.items():
        seen = {source}
        above = want
        while source not in found.alias and above.parent in rows and above.parent not in seen:
            seen.add(above.parent)
            above = rows[above.parent]
            if above.source in found.alias:
                found.alias[source] = found.alias[above.source]


@dataclass
class Classes:
    """``alias``: source → our class id (negative: new)."""

    rows: list[ClassWant] = field(default_factory=list)
    alias: dict[str, int] = field(default_factory=dict)
    ended: list[ClassHas] = field(default_factory=list)


def class_read(
    line: int, source: str, title: str, grades: str, code: str, school: int
) -> ClassWant:
    grade = grade_of(grades) or grade_of(title)
    number = class_number(title) or class_number(code)
    return ClassWant(line, source, title[:40], grade, number, school)


def classes_match(
    wanted: Iterable[ClassWant], has: Iterable[ClassHas], *, whole: bool, covered: set[int],
    faults: Faults, file: str,
) -> Classes:  # fmt: skip
    """``whole``: a class of a covered school that the file does not have has ended."""
    ours = list(has)
    rows = [_graded(want, faults, file) for want in wanted]
    known = [want for want in rows if want is not None]
    numbered = _numbered(known, ours)
    by_source = {of.source: of for of in ours if of.source}
    by_place = {(of.school, of.grade, of.number): of for of in ours if not of.ended}
    found, new = Classes(), 0
    taken: dict[tuple[int, int, int], int] = {}
    met: set[int] = set()
    for want in numbered:
        place = (want.school, want.grade, want.number)
        if place in taken:
            faults(Wrong(file, want.line, "title", "same-class", want.title, str(taken[place])))
            continue
        taken[place] = want.line
        of = by_source.get(want.source) or by_place.get(place)
        if of is not None and of.id in met:
            of = None
        new += of is None
        want = replace(want, id=of.id if of else -new)
        met.add(want.id)
        found.alias[want.source] = want.id
        found.rows.append(_compared(want, of))
    if whole:
        found.ended = [
            of for of in ours if not of.ended and of.school in covered and of.id not in met
        ]
    return found


def _graded(want: ClassWant, faults: Faults, file: str) -> ClassWant | None:
    if not want.grade:
        faults(Wrong(file, want.line, "grades", "no-grade", want.title))
        return None
    return want


def _numbered(rows: list[ClassWant], ours: list[ClassHas]) -> list[ClassWant]:
    """A class whose title has no number keeps the one it has here, or gets the next free one."""
    sourced = {of.source: of for of in ours if of.source}
    taken = {(w.school, w.grade, w.number) for w in rows if w.number}
    taken |= {(of.school, of.grade, of.number) for of in ours if not of.ended and not of.source}
    last: Counter[tuple[int, int]] = Counter()
    found = []
    for want in rows:
        of = sourced.get(want.source)
        if not want.number and of is not None and of.grade == want.grade:
            want = replace(want, number=of.number)
        while not want.number:
            last[want.school, want.grade] += 1
            number = last[want.school, want.grade]
            if (want.school, want.grade, number) not in taken:
                want = replace(want, number=number)
        taken.add((want.school, want.grade, want.number))
        found.append(want)
    return found


def _compared(want: ClassWant, of: ClassHas | None) -> ClassWant:
    """A file that says only grade and number leaves a class its name, and names a new one."""
    if of is None:
        return replace(
            want, act=Act.NEW, title=want.title or class_name(want.grade, want.number)[0]
        )
    title = want.title or of.name
    same = (of.grade, of.number, of.name, of.ended) == (want.grade, want.number, title, False)
    return replace(want, act=Act.SAME if same else Act.CHANGED, title=title, before=of.name)
