from django.apps import AppConfig
from django.conf import settings


class PeopleConfig(AppConfig):
    name = "city.people"
    label = "people"
    verbose_name = "Orang"

    def ready(self) -> None:
        # Without it allauth would keep the second step's secrets in plain text.
        if not hasattr(settings, "MFA_ADAPTER"):
            settings.MFA_ADAPTER = "city.people.adapter.SecondStepAdapter"
