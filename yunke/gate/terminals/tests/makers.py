"""The only source of the terminals' test rows: a family before a TV, with a day on the air."""

from yunke.ground.people.tests.makers import Cast, bind, pupil, school_class
from yunke.school.lessons.tests.makers import taught
from yunke.school.timetable.tests.makers import a_day, broadcast, day_cast


def family() -> Cast:
    """The cast of a first grade; its guardian has a second child in the third.

    Grade 1 has four broadcasts today, grade 3 two, grade 5 one with a film.
    """
    people = day_cast(grade=1)
    third = school_class(people.school, grade=3)
    people.more["second"] = pupil(third, "周子轩")
    bind(people.guardian, people.more["second"])
    people.more["third_day"] = a_day(people.city, grade=3, count=2)
    people.more["film"] = taught(grade=5, title="影子为什么会变", title_en="Why shadows change")
    people.more["fifth"] = broadcast(people.city, grade=5, of=people.more["film"])
    return people
