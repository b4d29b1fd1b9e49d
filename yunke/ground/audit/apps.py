from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yunke.ground.audit"
    label = "audit"
