"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "city.cases"
    label = "cases"
