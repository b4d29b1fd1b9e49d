from django.apps import AppConfig


class AttemptsConfig(AppConfig):
    name = "yunke.school.attempts"
    label = "attempts"
