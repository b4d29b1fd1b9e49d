from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "yunke.base"
    label = "base"
