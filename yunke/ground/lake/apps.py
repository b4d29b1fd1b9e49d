from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "yunke.ground.lake"
    label = "lake"
