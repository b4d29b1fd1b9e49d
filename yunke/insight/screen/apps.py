from django.apps import AppConfig


class ScreenConfig(AppConfig):
    name = "yunke.insight.screen"
    label = "screen"
