"""Who makes a paper of which subject and grade: the same as may set homework there.

Who teaches a class subjects makes papers of those; a head teacher who teaches it none makes papers
of any. A paper belongs to a grade that one teaches.
"""

from collections.abc import Iterable

from yunke.ground.people.door import Grant, Role

MAKERS = (Role.TEACHER, Role.HEAD_TEACHER)


def asks(grants: Iterable[Grant], subject: str, class_id: int) -> bool:
    """May an exam of the subject be set for the class?"""
    there = [g for g in grants if g.role in MAKERS and g.place.class_id == class_id]
    own = {grant.subject for grant in there if grant.subject}
    return bool(there) and (not own or subject in own)


def grades_made(grants: Iterable[Grant], subject: str) -> list[int]:
    """The grades for which somebody makes papers of a subject, in order; none: not theirs."""
    known = tuple(grants)
    places = {grant.place for grant in known if grant.role in MAKERS and grant.place.class_id}
    return sorted({p.grade for p in places if asks(known, subject, p.class_id)})
