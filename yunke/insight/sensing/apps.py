from django.apps import AppConfig


class SensingConfig(AppConfig):
    name = "yunke.insight.sensing"
    label = "sensing"
