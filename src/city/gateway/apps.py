"""Name the app, so that its agencies are found when the city starts."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "city.gateway"
