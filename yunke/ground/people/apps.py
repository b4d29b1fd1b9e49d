from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yunke.ground.people"
    label = "people"
