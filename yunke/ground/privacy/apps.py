from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "yunke.ground.privacy"
    label = "privacy"
