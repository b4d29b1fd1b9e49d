from django.apps import AppConfig


class HomeworkConfig(AppConfig):
    name = "yunke.school.homework"
    label = "homework"

    def ready(self) -> None:
        # Rooms below ask without knowing this one. The reads need the models, there only now.
        # A copy of one's data tells nothing before it was given back.
        from yunke.base.beside import beside_from  # noqa: PLC0415
        from yunke.ground.privacy.door import copy_narrowed  # noqa: PLC0415
        from yunke.school.attempts.door import (  # noqa: PLC0415
            Of,
            lookers_from,
            page_from,
            signed_from,
            things_from,
        )
        from yunke.school.homework.actions.persons import person_parts  # noqa: PLC0415
        from yunke.school.homework.reads.one import (  # noqa: PLC0415
            asked_for,
            photo_looked,
            signed_for,
        )
        from yunke.school.homework.reads.released import desks_told, marks_told  # noqa: PLC0415
        from yunke.school.homework.views import beside  # noqa: PLC0415

        things_from(Of.HOMEWORK, asked_for)
        signed_from(Of.HOMEWORK, signed_for)
        person_parts()
        page_from(Of.HOMEWORK, lambda number: f"/homework/{number}")
        lookers_from(Of.HOMEWORK, photo_looked)
        copy_narrowed("attempts.Mark", marks_told)
        copy_narrowed("homework.Desk", desks_told)
        beside_from("today", beside.on_today)
        beside_from("child", beside.on_child)
        beside_from("class", beside.on_class)
        beside_from("lesson", beside.on_lesson)
