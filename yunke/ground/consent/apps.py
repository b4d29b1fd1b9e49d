from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "yunke.ground.consent"
    label = "consent"
