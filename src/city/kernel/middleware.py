"""One second chance when PostgreSQL had to break a tie between two people."""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_TIE = ("40P01", "40001")  # deadlock detected, serialization failure


def _is_tie(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in _TIE


class RetryOnce:
    """Call a view again when its action lost a deadlock: it was rolled back, so nothing is done twice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if not _is_tie(error):
                raise
            return view(request, *args, **kwargs)
