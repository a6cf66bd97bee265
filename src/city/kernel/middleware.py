"""What every request passes: no byte that PostgreSQL cannot keep, and a second chance after a lost tie."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

_TIE = ("40P01", "40001")  # deadlock detected, serialization failure


def _is_tie(error: Exception) -> bool:
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) in _TIE


class NoNul:
    """Answer 400 where an address or a form holds a NUL: no text of ours can, and PostgreSQL would fail on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = (values for form in (request.GET, request.POST) for _, values in form.lists())
        if "\0" in request.path_info or any("\0" in str(value) for values in asked for value in values):
            raise BadRequest("NUL")
        return self.get_response(request)


class RetryOnce:
    """Call a view again when its action lost a deadlock: it was rolled back, so nothing is done twice.

    Last of the middleware, so that whatever the second call raises (another's work made it too late: a Refusal) is
    turned into a page as always. Django offers a view's exception to `process_exception` alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return self.get_response(request) if response is getattr(request, "lost_tie", None) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The first tie is answered with a blank that `__call__` knows; the second is trouble like any other."""
        if hasattr(request, "lost_tie") or not _is_tie(error):
            return None
        blank = HttpResponse(status=503)
        request.lost_tie = blank  # type: ignore[attr-defined]
        return blank
