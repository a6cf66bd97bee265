"""The permits app."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "city.permits"
    label = "permits"
