"""What the city permits: the list, each kind before sign-in, its service standard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from city.permits import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    rows = [(service, queries.duration_of(service), queries.fee_of(service)) for service in queries.services()]
    return render(request, "permits/home.html", {"rows": rows})


@require_safe
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Fee, time, documents with their limits and the whole way, before anybody is asked who she is."""
    service = queries.kind_called(code)
    shown = {
        "service": service,
        "fee": queries.fee_of(service),
        "duration": queries.duration_of(service),
        "way": queries.procedure_of(service),
        "drawn": queries.public_drawing(service.spec),
    }
    return render(request, "permits/kind.html", shown)


@require_safe
def standard(request: HttpRequest, code: str) -> HttpResponse:
    service = queries.kind_called(code)
    return render(request, "permits/standard.html", {"service": service, "parts": queries.standard_of(service)})
