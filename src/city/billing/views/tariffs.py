"""Open to anybody: what a fee would be, with every factor and its article, as a page and as JSON."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from city.billing import queries
from city.kernel.rules import WIB


@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    return render(request, "billing/tariffs.html", {"formulas": queries.formulas()})


@require_safe
@vary_on_headers("Accept", "Accept-Language", "Cookie")
def calculation(request: HttpRequest, code: str) -> HttpResponse:
    """Factors in the address, so that a sum can be sent on; `on` is the day whose rates count. JSON to who asks for
    it by Accept or `format=json`: 422 with a sentence for each factor that cannot be used."""
    told = {name: str(value) for name, value in request.GET.items()}
    done = queries.calculation(code, told, _day(told.get("on", "")))
    status = 422 if done.errors or done.trouble else 200
    wants_json = request.GET.get("format") == "json" or request.accepts("text/html") is False
    if wants_json:
        return JsonResponse(done.as_json(), status=status if any(done.told.values()) else 422)
    return render(request, "billing/calculation.html", {"done": done}, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.now().astimezone(WIB).date()
