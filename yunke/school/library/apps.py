from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "yunke.school.library"
    label = "library"

    def ready(self) -> None:
        # The lake lies below and tells people what is logged about them; only this room knows
        # what a lesson is called. The doors need the models, which are there only now.
        from yunke.ground.lake.door import city_lessons_from, lesson_titles_from  # noqa: PLC0415
        from yunke.school.library.actions.persons import person_parts  # noqa: PLC0415
        from yunke.school.library.reads.cards import city_lessons, lesson_titles  # noqa: PLC0415

        lesson_titles_from(lesson_titles)
        city_lessons_from(city_lessons)
        person_parts()
