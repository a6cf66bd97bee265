"""Name the app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "city.library"
