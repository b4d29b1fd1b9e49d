from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "yunke.school.exams"
    label = "exams"

    def ready(self) -> None:
        # Attempts lie below and keep the answers; only this room knows what its exams ask, what
        # each question is worth, and who may look at the pages of a home exam.
        # A copy of one's data holds no mark before its release, either.
        from yunke.ground.privacy.door import copy_narrowed  # noqa: PLC0415
        from yunke.school.attempts.door import (  # noqa: PLC0415
            Of,
            lookers_from,
            page_from,
            things_from,
        )
        from yunke.school.exams.actions.persons import person_parts  # noqa: PLC0415
        from yunke.school.exams.reads.papers import exams_asked  # noqa: PLC0415
        from yunke.school.exams.reads.results import marks_told  # noqa: PLC0415
        from yunke.school.exams.reads.watching import photos_looked  # noqa: PLC0415

        copy_narrowed("attempts.Mark", marks_told)
        things_from(Of.EXAM, exams_asked)
        lookers_from(Of.EXAM, photos_looked)
        page_from(Of.EXAM, lambda number: f"/exams/{number}")
        person_parts()
