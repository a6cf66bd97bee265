"""The web application manifest: the name under the icon, where it opens, the doors behind a long press."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from city.ui.context import Frame
from city.ui.environment import language, static
from city.ui.phone import ICONS

GROUND, PAPER = "#0a3542", "#ffffff"
_MOST_DOORS = 4  # phones show no more


def manifest(request: HttpRequest) -> dict[str, Any]:
    """In the reader's language; its shortcuts are the bottom bar's doors, as far as anybody may use them."""
    home = reverse("home")
    doors = [place for place in Frame(request).tabs if place.url != home]
    return {
        "id": home,
        "name": _("Sipeci Kota Cilegon"),
        "short_name": _("Sipeci"),
        "description": _("Izin dan layanan Kota Cilegon, dari ponsel."),
        "lang": language(),
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": GROUND,
        "background_color": PAPER,
        "icons": [_icon(name) for name in ICONS if not name.startswith("touch")],
        "shortcuts": [{"name": str(door.label), "url": door.url} for door in doors[:_MOST_DOORS]],
    }


def _icon(name: str) -> dict[str, str]:
    pixels, maskable = ICONS[name]
    return {
        "src": static(f"ui/app/{name}"),
        "sizes": f"{pixels}x{pixels}",
        "type": "image/png",
        "purpose": "maskable" if maskable else "any",
    }
