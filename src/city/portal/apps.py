"""Name the app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "city.portal"
