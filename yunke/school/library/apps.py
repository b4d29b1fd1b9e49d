from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "yunke.school.library"
    label = "library"
