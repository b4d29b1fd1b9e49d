from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yunke.site"
    label = "site"
