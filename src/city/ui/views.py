"""Answers to what went wrong, and the gallery of parts."""

import re
import sys
from pathlib import Path

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from city.ui.failures import failure_page
from city.ui.rules.samples import samples

_RETRY_AFTER_SECONDS = "20"
_SPRITE = Path(__file__).parent / "static/ui/icons.svg"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the form was larger than a form may be."""
    return failure_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 with a moment to wait when the database cannot be reached."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = failure_page(request, 503)
        response.headers["Retry-After"] = _RETRY_AFTER_SECONDS
        return response
    return failure_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's proof of origin was missing or old: signed out meanwhile, or cookies refused."""
    return failure_page(request, 403, why="csrf")


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every part in every state: what designers read and axe walks."""
    icon_names = re.findall(r'<symbol id="(\w+)"', _SPRITE.read_text())
    return render(request, "ui/components.html", {**samples(), "icon_names": icon_names})
