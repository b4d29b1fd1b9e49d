from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "yunke.school.exams"
    label = "exams"
