from django.apps import AppConfig


class TerminalsConfig(AppConfig):
    name = "yunke.gate.terminals"
    label = "terminals"
