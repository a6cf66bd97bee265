"""Start the ground: load what every floor declares."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# Modules that put things on shelves; each app may have any of them.
SHELVES = (
    "events",
    "checks",
    "seals",
    "given_up",
    "grants",
    "listeners",
    "chores",
    "carriers",
    "kinds",
    "agencies",
    "indicators",
    "reports",
    "offers",
)


class KernelConfig(AppConfig):
    name = "city.kernel"

    def ready(self) -> None:
        autodiscover_modules(*SHELVES)
