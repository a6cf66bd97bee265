"""The service worker as it is sent: the list of files it keeps, how a thing that waits is delivered, and what it does.

Its text changes with every release that changes one of its files or the page it shows without a line, and only then:
so a phone takes a new worker exactly when there is something new to keep.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from city.ui.environment import static

_STATIC = Path(__file__).parents[1] / "static/ui"
_PROGRAMS = (_STATIC / "tus.js", _STATIC / "outbox.js", Path(__file__).parent / "worker.js")
# What the page shown without a line needs. Everything else is kept when a page first asks for it.
SHELL = (
    "ui/tokens.css",
    "ui/city.css",
    "ui/frame.css",
    "ui/case.css",
    "ui/theme.js",
    "ui/city.js",
    "ui/outbox.js",
    "ui/phone.js",
    "ui/icons.svg",
    "ui/mark.svg",
)


def offline_page(code: str) -> str:
    """What is shown without a line, in a language. It holds nothing of anybody."""
    with translation.override(code):
        return render_to_string("ui/offline.html", {})


@cache
def worker_text() -> str:
    """The program that every phone of this release runs."""
    pages = {code: reverse("phone-offline", args=[code]) for code, _name in settings.LANGUAGES}
    code = "\n".join(program.read_text() for program in _PROGRAMS)
    seen = [code, *(static(name) for name in SHELL), *(offline_page(one) for one in pages)]
    told = {
        "version": hashlib.sha256("\n".join(seen).encode()).hexdigest()[:12],
        "files": [static(name) for name in SHELL],
        "pages": pages,
        "language": settings.LANGUAGE_CODE,
        "folder": settings.STATIC_URL,
    }
    return f"const CITY = {json.dumps(told)};\n{code}"
