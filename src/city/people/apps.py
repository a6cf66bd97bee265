from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "city.people"
    label = "people"
    verbose_name = "Orang"
