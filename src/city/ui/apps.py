from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "city.ui"
    label = "ui"
    verbose_name = "Tampilan"
