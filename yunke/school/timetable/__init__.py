"""The week of a grade, the broadcast schedule, and a pupil's day as a plan.

In: terms, bells, slots of classes, broadcasts of lessons. Kept: these, and each pupil's plan items
with their ticks. Out: the week of a grade (no sign-in needed), now/next, a pupil's day.

Words: a *term* has weeks. A *bell* is the time of a period. A *slot* is a class's period in its
weekly timetable. A *broadcast* is a lesson on air for a grade at a time on a day. A *plan item* is
one stop of a pupil's day: a lesson, a task, a break or something of the pupil's own.
"""
