"""Name the app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "city.documents"
