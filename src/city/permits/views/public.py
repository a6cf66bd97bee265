"""Pages for everybody, without an account: follow a file, check a permit. Nobody is noted."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from city.kernel.http import actor_of
from city.people.queries import network_of
from city.permits import actions, queries

_HASH = re.compile(r"[0-9a-fA-F]{64}")
LARGEST = 20_000_000  # bytes of a PDF that is looked at without script


@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Receipt numbers follow one another, so looking them up is counted: by account, else by network address."""
    if "nomor" not in request.GET:
        return render(request, "permits/track.html", {"number": "", "found": None})
    number, at = request.GET["nomor"].strip()[:60], timezone.now()
    fault = queries.fault_in_receipt(number)
    if not fault:
        actions.count_look_up(network=network_of(request), by=actor_of(request), at=at)
    found = None if fault else queries.tracked(number, at)
    shown = {"number": number, "found": found, "fault": fault}
    return render(request, "permits/track.html", shown, status=422 if fault else 200 if found else 404)


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The question; a code typed here leads to its own page, a hash (made on the device) to the file's."""
    code, sha256 = request.GET.get("kode", "").strip()[:60], request.GET.get("sha256", "")
    if code:
        return redirect(reverse("permits-answer-on", args=[queries.code_in_address(code)]))
    if sha256:
        return _by_hash(sha256)
    return render(request, "permits/verify.html", {"code": ""})


def _by_hash(sha256: str) -> HttpResponse:
    address = queries.address_of_hash(sha256) if _HASH.fullmatch(sha256) else ""
    if not address:
        return JsonResponse({"title": "unknown"}, status=404)
    return JsonResponse({"url": f"{address}?sha256={sha256.lower()}"})


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What a permit is worth today."""
    found = queries.answer_on(code, timezone.now(), sha256=request.GET.get("sha256", ""))
    refused = queries.refused_on(code) if found is None else None
    shown = {"code": code, "answer": found, "refused": refused}
    return render(request, "permits/verify.html", shown, status=200 if found or refused else 404)


@require_http_methods(["POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Without script the PDF is sent here, looked at and dropped; the page says so."""
    sent = request.FILES.get("file")
    if sent is None or not sent.size or sent.size > LARGEST:
        return render(request, "permits/verify.html", {"code": "", "file_fault": _fault(sent)}, status=422)
    found = queries.answer_on_file(sent.read())
    answer = queries.answer_of(found.permit, timezone.now()) if found.permit else None
    shown = {"code": "", "answer": answer, "refused": found.refused, "file_answer": found.verdict}
    return render(request, "permits/verify.html", shown)


def _fault(sent: object) -> str:
    size = getattr(sent, "size", None)
    return "none" if size is None else "large" if size else "empty"
