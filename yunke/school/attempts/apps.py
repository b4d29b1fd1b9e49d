from django.apps import AppConfig


class AttemptsConfig(AppConfig):
    name = "yunke.school.attempts"
    label = "attempts"

    def ready(self) -> None:
        # Privacy asks for the files of photographs. The doors need the models, there only now.
        from yunke.school.attempts.actions.persons import person_parts  # noqa: PLC0415

        person_parts()
