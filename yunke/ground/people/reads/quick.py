"""The pupil behind a token in one statement: what nearly every request of a morning asks.

``who_of`` gives the same answer through the tables' classes; building those two statements anew
for each request costs thirty times as much as running this one. Tests hold them together.
"""

from datetime import timedelta

from yunke.base.clock import now, today
from yunke.base.statement import rows
from yunke.ground.people.rules.limits import IDLE
from yunke.ground.people.values import ClassName, Grant, Kind, Place, Role, Who

PUPIL = """
SELECT p.id, p.name, p.animal, s.registered, s.seen_at < %s, s.seen_at < %s, m.role, m.subject,
       c.id, c.grade, c.name, c.name_en, c.code, o.id, o.name, o.name_en, o.parent_id, y.parent_id
FROM people_session s
JOIN people_person p ON p.id = s.person_id AND p.kind = 'pupil' AND p.totp = ''
JOIN people_membership m ON m.person_id = p.id
     AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
JOIN people_schoolclass c ON c.id = m.school_class_id AND c.ended_on IS NULL
JOIN people_org o ON o.id = c.school_id
LEFT JOIN people_org y ON y.id = o.parent_id
WHERE s.token_hash = %s AND s.expires_at > %s AND (p.left_on IS NULL OR p.left_on > %s)
      AND p.frozen_at IS NULL
      AND (s.registered OR s.seen_at >= %s)
ORDER BY c.grade, c.number, m.id
"""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def pupil_of(session: str) -> Who | None:
    """The pupil of a session's hash with every grant of today; None for anybody else. One query."""
    moment, day = now(), today().isoformat()
    values = [moment - MINUTE, moment - HOUR, day, day, session, moment, day, moment - IDLE]
    found = rows(PUPIL, values)
    if not found:
        return None
    number, name, animal, registered, minute_ago, hour_ago = found[0][:6]
    grants, classes = [], {}
    for row in found:
        role, subject, class_id, grade, cname, cname_en, code, school, sname, sname_en = row[6:16]
        place = Place(row[17] or 0, row[16] or 0, school, grade, class_id, number)
        grants.append(Grant(Role(role), place, subject))
        classes[class_id] = ClassName(
            class_id, school, grade, cname, cname_en, sname, sname_en, code
        )
    return Who(
        id=number, name=name, kind=Kind.PUPIL, grants=tuple(grants),
        classes=tuple(classes.values()), animal=animal, session=session,
        seen_due=bool(hour_ago if registered else minute_ago),
    )  # fmt: skip
