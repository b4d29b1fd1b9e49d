from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "yunke.school.practice"
    label = "practice"

    def ready(self) -> None:
        # Rooms below ask without knowing this one. The reads need the models, there only now.
        from yunke.base.beside import beside_from  # noqa: PLC0415
        from yunke.ground.consent.door import begins, erases  # noqa: PLC0415
        from yunke.ground.privacy.door import copy_narrowed  # noqa: PLC0415
        from yunke.school.attempts.door import Of, things_from  # noqa: PLC0415
        from yunke.school.practice.actions.deriving import (  # noqa: PLC0415
            estimates_begin,
            estimates_erase,
        )
        from yunke.school.practice.actions.persons import person_parts  # noqa: PLC0415
        from yunke.school.practice.reads.asked import drills_asked  # noqa: PLC0415
        from yunke.school.practice.reads.book import LEARNING, answers_told  # noqa: PLC0415
        from yunke.school.practice.reads.released import (  # noqa: PLC0415
            exam_released,
            homework_released,
        )
        from yunke.school.practice.rules.release import released_from  # noqa: PLC0415
        from yunke.school.practice.values import Source  # noqa: PLC0415
        from yunke.school.practice.views import beside  # noqa: PLC0415

        released_from(Source.HOMEWORK, homework_released)
        released_from(Source.EXAM, exam_released)
        things_from(Of.DRILL, drills_asked)
        person_parts()
        # A copy of one's data tells no mark before its release, either.
        copy_narrowed("practice.Answered", answers_told)
        erases(*LEARNING)(estimates_erase)
        begins(*LEARNING, estimates_begin)
        beside_from("today", beside.on_today)
        beside_from("child", beside.on_child)
        beside_from("class", beside.on_class)
        beside_from("exam_review", beside.on_review)
