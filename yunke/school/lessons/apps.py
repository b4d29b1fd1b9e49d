from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "yunke.school.lessons"
    label = "lessons"

    def ready(self) -> None:
        # The timetable lies below and shows how far a pupil is; only this room knows. The doors
        # need the models, which are there only now.
        from yunke.school.lessons.reads.watching import watched_for_plan  # noqa: PLC0415
        from yunke.school.timetable.door import watched_from  # noqa: PLC0415

        watched_from(watched_for_plan)
        # Preparing lies below, too, and keeps the tasks in a lesson's versions.
        from yunke.school.lessons.actions.tasks import tasks_show, tasks_work  # noqa: PLC0415
        from yunke.school.lessons.reads.watching import tasks_asked, tasks_marked  # noqa: PLC0415
        from yunke.school.preparing.door import tasks_from  # noqa: PLC0415

        tasks_from(tasks_marked, tasks_asked, tasks_work, tasks_show)
