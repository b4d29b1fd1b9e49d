from django.apps import AppConfig


class HomeworkConfig(AppConfig):
    name = "yunke.school.homework"
    label = "homework"
