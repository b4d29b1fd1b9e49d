from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "yunke.school.practice"
    label = "practice"
