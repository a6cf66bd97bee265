"""At the edge of every page: what a browser may load, the reader's language, and a sentence for every refusal."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from city.kernel.errors import Refusal
from city.ui.failures import failure_page

GetResponse = Callable[[HttpRequest], HttpResponse]
_TEXT = {"application/json", "application/problem+json", "application/manifest+json", "image/svg+xml"}
_PLAIN = {405, 413}  # Answers that Django sends without a word for the person.


def wants_json(request: HttpRequest) -> bool:
    """A script asks, not a person: it gets problem+json (RFC 9457) instead of a page."""
    return "json" in request.headers.get("Accept", "") and "text/html" not in request.headers.get("Accept", "")


class ContentSecurityPolicy:
    """Nothing but our own files runs, styles or frames a page; the uploads process is the one other address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        own = f"'self' {settings.UPLOADS_URL}".strip()
        self.policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
            f"connect-src {own}; manifest-src 'self'; worker-src 'self'; form-action {own}; "
            "frame-ancestors 'none'; base-uri 'none'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response


class Compression(GZipMiddleware):
    """Text goes smaller over the line, except where its size could betray a secret to whoever listens (BREACH).

    That attack has the victim's browser ask again and again for a page that holds a secret and repeats the attacker's
    own words, which can only stand in the address's query: our session does not travel with a form from another site.
    So a page is left as it is when a session and a query come together. Besides, proofs of origin are masked anew in
    every page, and a compressed answer gets a few random bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        told = request.META.get("QUERY_STRING") and settings.SESSION_COOKIE_NAME in request.COOKIES
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if told or response.streaming or not (kind.startswith("text/") or kind in _TEXT):
            return response
        return super().process_response(request, response)


class Language:
    """Indonesian unless the reader chose English; the browser's own list is not asked, so that an address always
    reads the same until somebody chooses."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


class RefusalPage:
    """An action's Refusal becomes a page with its sentence and a way on; for a script, problem+json."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _PLAIN and not response.streaming and not response.content:
            page = failure_page(request, response.status_code)
            if "Allow" in response.headers:
                page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if wants_json(request):
            return refusal_as_problem(error)
        return failure_page(request, error.status, error)


def refusal_as_problem(error: Refusal) -> JsonResponse:
    """RFC 9457: type is our stable code, detail the sentence, errors the fields to mend."""
    body = {
        "type": error.code,
        "title": str(error.sentence),
        "status": error.status,
        "errors": [{"field": item.field, "sentence": str(item.sentence)} for item in error.errors],
    }
    return JsonResponse(body, status=error.status, content_type="application/problem+json")
