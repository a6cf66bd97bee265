"""What a phone asks for by itself: the manifest, the worker, the page without a line, and who is signed in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from city.ui.phone.manifest import manifest
from city.ui.phone.reader import mark_of
from city.ui.phone.worker import offline_page, worker_text


@require_safe
def application(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(manifest(request), content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"  # its words follow the reader's language
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that all pages are its own; asked for anew each time, so that none is trapped."""
    answer = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline(request: HttpRequest, code: str) -> HttpResponse:
    if code not in dict(settings.LANGUAGES):
        raise Http404
    answer = HttpResponse(offline_page(code))
    answer.headers["Content-Language"] = code
    return answer


@require_safe
@never_cache
def reader(request: HttpRequest) -> HttpResponse:
    """Whose session this is, and a proof of origin for what is about to be delivered in it."""
    return JsonResponse({"reader": mark_of(request), "proof": get_token(request)})
