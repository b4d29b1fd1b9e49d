from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "yunke.school.practice"
    label = "practice"

    def ready(self) -> None:
        # Attempts lie below and mark drills by what this room says of them. The doors need the
        # models, which are there only now.
        from yunke.school.attempts.door import Of, things_from  # noqa: PLC0415
        from yunke.school.practice.reads.asked import drills_asked  # noqa: PLC0415

        things_from(Of.DRILL, drills_asked)
