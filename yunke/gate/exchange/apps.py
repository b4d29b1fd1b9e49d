from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "yunke.gate.exchange"
    label = "exchange"
