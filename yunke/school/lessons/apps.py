from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "yunke.school.lessons"
    label = "lessons"
