from django.apps import AppConfig


class PreparingConfig(AppConfig):
    name = "yunke.school.preparing"
    label = "preparing"
