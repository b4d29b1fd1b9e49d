from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yunke.school.review"
    label = "review"
