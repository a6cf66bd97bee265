"""The front door: each system under its own name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path


def _of(app: str, at: str) -> list[URLPattern | URLResolver]:
    there = (settings.SOURCE / app / "urls.py").exists()
    return [path(at, include(f"city.{app}.urls"))] if there else []


urlpatterns = [
    *_of("portal", ""),
    *_of("people", ""),
    *_of("notices", ""),
    *_of("documents", ""),
    *_of("ledger", "simral/"),
    *_of("billing", ""),
    *_of("permits", "sipeci/"),
    *_of("gateway", ""),
    *_of("ui", ""),
]
handler400 = "city.ui.views.bad_request"
handler403 = "city.ui.views.forbidden"
handler404 = "city.ui.views.not_found"
handler500 = "city.ui.views.server_error"
