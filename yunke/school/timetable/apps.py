from django.apps import AppConfig


class TimetableConfig(AppConfig):
    name = "yunke.school.timetable"
    label = "timetable"
