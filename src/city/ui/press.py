"""One press of a form: done and on to a page, or the page again with the city's sentence beside the field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from city.kernel.errors import Refusal


def see(name: str, *args: object, fragment: str = "") -> HttpResponseRedirect:
    """On to a page after something was done (303)."""
    return HttpResponseRedirect(reverse(name, args=args) + (f"#{fragment}" if fragment else ""), status=303)


@dataclass(frozen=True)
class Press:
    """The form as it was sent, what it asks for, what is said afterwards, and where one is then."""

    form: forms.Form
    act: Callable[[dict[str, Any]], object]
    done: Any
    then: Callable[[], HttpResponse]


def answer(request: HttpRequest, press: Press, page: Callable[[forms.Form, int], HttpResponse]) -> HttpResponse:
    """Do it, or show `page` with the form and a status. What is not hers or not there is not softened (403, 404)."""
    if not press.form.is_valid():
        return page(press.form, 422)
    try:
        press.act(press.form.cleaned_data)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        note(press.form, refusal)
        return page(press.form, refusal.status)
    messages.success(request, press.done)
    return press.then()


def note(form: forms.Form, refusal: Refusal) -> None:
    """Each thing to mend beside its field; what belongs to no field stands on top."""
    placed = False
    for error in refusal.errors:
        if error.field in form.fields:
            form.add_error(error.field, str(error.sentence))
            placed = True
    if not placed:
        form.add_error(None, str(refusal.sentence))
