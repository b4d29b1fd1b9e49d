from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "yunke.demo"
    label = "demo"
