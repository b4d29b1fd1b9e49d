"""The people of the demo city, as one roster: the same people every time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from yunke.demo import names
from yunke.demo.cast import CAST, Part
from yunke.demo.plan import (
    CITY,
    COUNTIES,
    HOURS,
    SCHOOLS,
    TEACHERS_PER_CLASS,
    School,
    class_names,
    class_sizes,
    rng,
)
from yunke.ground.people.door import (
    ANIMALS,
    ClassRow,
    DutyRow,
    GuardianRow,
    Kind,
    MembershipRow,
    OrgRow,
    PersonRow,
    Role,
    Roster,
    RosterIds,
)

# 2: the named teachers have the class of the named fifth-grader too.
EDITION = 2
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Secrets:
    """Encoded once and shared by everybody: nobody in the demo city is a real person."""

    password: str
    pictures: str
    totp: str


@dataclass
class ClassPlan:
    """A class with its people: pupils in order, teachers by subject."""

    id: int
    school_id: int
    county_id: int
    school: School
    grade: int
    number: int
    pupils: list[int] = field(default_factory=list)
    teachers: dict[str, int] = field(default_factory=dict)
    head: int = 0


@dataclass
class City:
    """Who lives in the city; ``cast`` gives the named people's ids by their keys."""

    id: int = 0
    counties: dict[str, int] = field(default_factory=dict)
    schools: dict[str, int] = field(default_factory=dict)
    classes: list[ClassPlan] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    cast: dict[str, int] = field(default_factory=dict)
    roster: Roster = field(default_factory=Roster)

    def class_of(self, school: str, grade: int, number: int = 1) -> ClassPlan:
        return next(
            c for c in self.classes if (c.school.code, c.grade, c.number) == (school, grade, number)
        )


def city_of(
    ids: RosterIds, since: date, today: date, secrets: Secrets, *, edition: int = EDITION
) -> City:
    """The whole city with its roster, ready to be written; ``ids`` are the first free ones.

    ``edition``: the plan by which a city was written stays its plan.
    """
    return _Builder(ids, since, today, secrets, edition).build()


class _Builder:
    """Counts ids up and gathers rows, office by office, school by school."""

    def __init__(
        self, ids: RosterIds, since: date, today: date, secrets: Secrets, edition: int
    ) -> None:
        self.next_org, self.next_class, self.next_person = ids.org, ids.school_class, ids.person
        self.since, self.today, self.secrets = since, today, secrets
        self.edition = edition
        self.city = City()
        self.orgs: list[OrgRow] = []
        self.classes: list[ClassRow] = []
        self.persons: list[PersonRow] = []
        self.memberships: list[MembershipRow] = []
        self.duties: list[DutyRow] = []
        self.guardians: list[GuardianRow] = []

    def build(self) -> City:
        self.city.id = self._org("city", None, CITY)
        for county in COUNTIES:
            self.city.counties[county[0]] = self._org("county", self.city.id, county)
        sizes = iter(class_sizes())
        for school in SCHOOLS:
            self._school(school, sizes)
        self._offices()
        self._odd_ties()
        self.city.roster = Roster(
            self.orgs, self.classes, self.persons, self.memberships, self.duties, self.guardians
        )
        self.city.names = {person.id: person.name for person in self.persons}
        return self.city

    # Rows

    def _org(self, level: str, parent: int | None, what: tuple[str, str, str]) -> int:
        code, name, name_en = what
        self.orgs.append(OrgRow(self.next_org, level, parent, code, name, name_en))
        self.next_org += 1
        return self.orgs[-1].id

    def _person(
        self, kind: Kind, name: str, *, login: str = "", grade: int = 0, **more: str
    ) -> int:
        number = self.next_person
        self.next_person += 1
        letter = {Kind.PUPIL: "s", Kind.STAFF: "t", Kind.GUARDIAN: "j"}[kind]
        self.persons.append(
            PersonRow(
                number, login or f"{letter}{number:05d}", name, kind,
                animal=more.get("animal", ""), password=self.secrets.password,
                pictures=self.secrets.pictures if 0 < grade <= 2 else "",
                totp=more.get("totp", ""),
            )
        )  # fmt: skip
        return number

    def _cast(self, part: Part, **more: str) -> int:
        """One of the named people."""
        totp = self.secrets.totp if part.totp else ""
        number = self._person(
            part.kind, part.name, login=part.login, grade=part.grade,
            totp=totp, **{"animal": part.animal, **more},
        )  # fmt: skip
        self.city.cast[part.key] = number
        return number

    # Schools

    def _school(self, school: School, sizes: Iterator[int]) -> None:
        county = self.city.counties[school.county]
        what = (school.code, school.name, school.name_en)
        school_id = self._org("school", county, what)
        self.city.schools[school.code] = school_id
        plans = [
            self._class(school, school_id, county, grade, number)
            for grade, many in school.classes.items()
            for number in range(1, many + 1)
        ]
        self._teachers(school, plans)
        families: list[tuple[str, list[int]]] = []
        for plan in plans:
            self._pupils(plan, next(sizes), families)

    def _class(
        self, school: School, school_id: int, county: int, grade: int, number: int
    ) -> ClassPlan:
        plan = ClassPlan(self.next_class, school_id, county, school, grade, number)
        self.next_class += 1
        dice = rng("code", school.code, grade, number)
        code = "YZ" + "".join(dice.choice(LETTERS) for _ in range(4))
        name, name_en = class_names(grade, number)
        self.classes.append(ClassRow(plan.id, school_id, grade, number, name, code, name_en))
        self.city.classes.append(plan)
        return plan

    def _teachers(self, school: School, plans: list[ClassPlan]) -> None:
        """Three teachers a class, shared out by the hours of the subjects."""
        dice = rng("teachers", school.code)
        many = TEACHERS_PER_CLASS * len(plans)
        staff: dict[str, list[int]] = {subject: [] for subject in HOURS}
        for _ in range(many):
            subject = max(HOURS, key=lambda s: HOURS[s] / (len(staff[s]) + 0.5))
            part = _part(school, subject, len(staff[subject]))
            person = self._cast(part) if part else self._person(Kind.STAFF, names.adult(dice))
            staff[subject].append(person)
        for index, plan in enumerate(plans):
            plan.teachers = {s: people[index % len(people)] for s, people in staff.items()}
        if self.edition > 1:
            self._meet(school, plans)
        for plan in plans:
            for subject, person in plan.teachers.items():
                self._member(person, plan, Role.TEACHER, subject)
        self._heads(plans)

    def _meet(self, school: School, plans: list[ClassPlan]) -> None:
        """The named teachers take the class of a named pupil, and give one of theirs for it."""
        for part in CAST:
            code, subject, _index = part.teaches
            if code == school.code:
                person = self.city.cast[part.key]
                wanted = next(p for p in plans if (p.grade, p.number) == part.also)
                given = [p for p in plans[1:] if p.teachers[subject] == person][-1]
                given.teachers[subject] = wanted.teachers[subject]
                wanted.teachers[subject] = person

    def _heads(self, plans: list[ClassPlan]) -> None:
        """A head teacher teaches the class and is head of no other, while there are enough."""
        heads: set[int] = set()
        for plan in plans:
            own = [plan.teachers[s] for s in ("maths", "chinese", *plan.teachers)]
            plan.head = next((person for person in own if person not in heads), own[0])
            heads.add(plan.head)
            self._member(plan.head, plan, Role.HEAD_TEACHER, "")

    def _member(self, person: int, plan: ClassPlan, role: Role, subject: str) -> None:
        self.memberships.append(MembershipRow(person, plan.id, role, self.since, subject))

    # Families

    def _pupils(self, plan: ClassPlan, many: int, families: list[tuple[str, list[int]]]) -> None:
        dice = rng("pupils", plan.school.code, plan.grade, plan.number)
        animals = dice.sample(ANIMALS, len(ANIMALS)) * (many // len(ANIMALS) + 1)
        parts = [p for p in CAST if p.seat == (plan.school.code, plan.grade, plan.number)]
        taken = {part.animal for part in parts}
        free = [a for a in animals if a not in taken] + list(taken)
        for index in range(many):
            if index < len(parts):
                pupil = self._cast(parts[index])
            else:
                pupil = self._pupil(plan, free.pop(0), families)
            plan.pupils.append(pupil)
            self._member(pupil, plan, Role.PUPIL, "")

    def _pupil(self, plan: ClassPlan, animal: str, families: list[tuple[str, list[int]]]) -> int:
        dice = rng("family", self.next_person)
        if families and dice.random() < 0.09:
            family, guardians = dice.choice(families)
        else:
            family, guardians = names.surname(dice), []
        pupil = self._person(Kind.PUPIL, names.child(dice, family), grade=plan.grade, animal=animal)
        if not guardians:
            guardians += self._guardians(family, pupil)
            families.append((family, guardians))
        for guardian in guardians:
            relation = "爸爸" if self._name(guardian).startswith(family) else "妈妈"
            self.guardians.append(GuardianRow(guardian, pupil, self.since, relation))
        return pupil

    def _guardians(self, family: str, pupil: int) -> list[int]:
        dice = rng("guardians", pupil)
        mother = dice.random() < 0.6
        both = dice.random() < 0.35
        found = []
        if mother or both:
            found.append(
                self._person(Kind.GUARDIAN, names.adult(dice, _other(dice.random(), family)))
            )
        if both or not mother:
            found.append(self._person(Kind.GUARDIAN, names.adult(dice, family)))
        return found

    def _name(self, person_id: int) -> str:
        return self.persons[person_id - self.persons[0].id].name

    # Offices, and ties that are not everyday

    def _offices(self) -> None:
        orgs = {"": self.city.id, **self.city.counties, **self.city.schools}
        for part in CAST:
            if part.duty:
                person = self._cast(part)
                self.duties.append(
                    DutyRow(person, orgs[part.org], part.duty, self.since, part.subject)
                )
        for school in SCHOOLS:
            for role in (Role.SCHOOL_ADMIN, Role.COUNSELLOR):
                if not any(p.duty == role and p.org == school.code for p in CAST):
                    self._staff(orgs[school.code], role, "", rng(school.code, role))
        self._reviewers()

    def _reviewers(self) -> None:
        """Of three subjects in each office; one of them is a visitor's."""
        for org in (self.city.id, *self.city.counties.values()):
            for subject in ("chinese", "maths", "english"):
                number = self._staff(org, Role.REVIEWER, subject, rng("reviewers", org, subject))
                if (org, subject) == (self.city.counties["qingyu"], "chinese"):
                    self.city.cast["county_reviewer"] = number

    def _staff(self, org: int, role: Role, subject: str, dice: Random) -> int:
        person = self._person(Kind.STAFF, names.adult(dice))
        self.duties.append(DutyRow(person, org, role, self.since, subject))
        return person

    def _odd_ties(self) -> None:
        """A family of two children, a guardian who was one, a leaver, a pupil who moved."""
        cast = self.city.cast
        for part in CAST:
            if part.kind == Kind.GUARDIAN:
                guardian = self._cast(part)
                for child in part.children:
                    until = self.today - timedelta(days=30) if part.ended else None
                    self.guardians.append(
                        GuardianRow(guardian, cast[child], self.since, part.relation, until)
                    )
        moved = self.today - timedelta(days=28)
        self._moved(cast["moved"], self.city.class_of("haitang", 3), moved)
        self._left(cast["left"], self.today - timedelta(days=21))

    def _moved(self, pupil: int, to: ClassPlan, day: date) -> None:
        """The tie to the old class ends on the day on which the new one begins."""
        for index, row in enumerate(self.memberships):
            if row.person_id == pupil:
                old = MembershipRow(pupil, row.class_id, row.role, row.since, "", day)
                self.memberships[index] = old
                for plan in self.city.classes:
                    if plan.id == row.class_id:
                        plan.pupils.remove(pupil)
        to.pupils.append(pupil)
        self.memberships.append(MembershipRow(pupil, to.id, Role.PUPIL, day))

    def _left(self, pupil: int, day: date) -> None:
        for index, row in enumerate(self.persons):
            if row.id == pupil:
                self.persons[index] = PersonRow(
                    row.id, row.login, row.name, row.kind, row.animal, row.password, left_on=day
                )
        for plan in self.city.classes:
            if pupil in plan.pupils:
                plan.pupils.remove(pupil)


def _part(school: School, subject: str, index: int) -> Part | None:
    """The named teacher who has this place, if one has."""
    for part in CAST:
        if part.teaches == (school.code, subject, index):
            return part
    return None


def _other(chance: float, family: str) -> str:
    """A mother's surname: another common one."""
    start = int(chance * 30)
    return next(s for s in names.SURNAMES[start:] if s != family)
