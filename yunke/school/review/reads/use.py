"""Which schools use a lesson."""

from yunke.ground.lake.door import schools_of_lesson
from yunke.ground.people.door import org_names
from yunke.school.review.values import SchoolUse, Use


def use_of(lesson_id: int) -> Use:
    """Schools whose people opened the lesson in the last thirty finished days; a school of fewer
    than ten is named without a number. Kept for an hour; otherwise three queries and a scan."""
    until, found = schools_of_lesson(lesson_id)
    names = org_names(found)
    schools = tuple(
        SchoolUse(school, names[school].name, names[school].name_en, people)
        for school, people in found.items()
        if school in names
    )
    return Use(schools, until)
