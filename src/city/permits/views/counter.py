"""The counter: an officer files for somebody without a phone, with the same form, and prints the receipt."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from city.cases import actions as cases
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.people import actions as people
from city.people.actions import NewPerson
from city.permits import actions, queries
from city.permits.forms import Lookup, Newcomer, Opening, Surrender
from city.permits.views.own import see

COUNTER = "permits.counter"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Find a person by the KTP in her hand; who looked, and why, is kept on record."""
    actor = actor_of(request)
    actor.require(COUNTER)
    form = Lookup(request.POST or None, initial={"purpose": "counter.file"})
    if request.method == "POST" and form.is_valid():
        return _found(request, form)
    after = request.GET.get("sesudah", "")
    shown = {"form": form, "page": queries.counter_cases(actor.agency, after), "after": after}
    return render(request, "permits/counter.html", shown, status=422 if form.errors else 200)


def _found(request: HttpRequest, form: Lookup) -> HttpResponse:
    actor, nik = actor_of(request), form.cleaned_data["nik"]
    wrong = queries.faults_of_nik(nik)
    if wrong:
        form.add_error("nik", wrong[0])
        shown = {"form": form, "page": queries.counter_cases(actor.agency, ""), "after": ""}
        return render(request, "permits/counter.html", shown, status=422)
    found = actions.look_up(nik=nik, purpose=form.cleaned_data["purpose"], by=actor, at=timezone.now())
    if found is not None:
        return see("permits-counter-person", found)
    newcomer = Newcomer(initial={"nik": nik, "person_id": new_id()})
    return render(request, "permits/newcomer.html", {"form": newcomer})


@login_required
@require_POST
def newcomer(request: HttpRequest) -> HttpResponse:
    """Register somebody from her KTP."""
    actor = actor_of(request)
    actor.require(COUNTER)
    form = Newcomer(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        more = NewPerson(person_id=given["person_id"], birth_date=given["birth_date"], address=given["address"])
        try:
            person = people.register_person(
                name=given["name"], nik=given["nik"], phone=given["phone"], more=more, by=actor, at=timezone.now()
            )
        except Refusal as refused:
            for error in refused.errors:
                form.add_error(error.field if error.field in form.fields else None, str(error.sentence))
        else:
            return see("permits-counter-person", person.pk)
    return render(request, "permits/newcomer.html", {"form": form}, status=422)


@login_required
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person at the counter, found or registered a moment ago, and what may be filed for her."""
    actor = actor_of(request)
    actor.require(COUNTER)
    queries.seen_at_counter(actor, person_id, timezone.now())
    shown = {
        "person": queries.person_shown(person_id),
        "services": queries.services(),
        "case_id": new_id(),
        "cases": queries.own_cases(person_id, "", timezone.now()).rows,
        "permits": queries.surrenderable(actor, person_id, timezone.now()),
    }
    return render(request, "permits/counter_person.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def surrender(request: HttpRequest, person_id: UUID, permit_id: UUID) -> HttpResponse:
    """What ends, in words; then the one press by which its holder, who stands here, gives the permit back."""
    actor, at = actor_of(request), timezone.now()
    actor.require(COUNTER)
    queries.seen_at_counter(actor, person_id, at)
    found = queries.permit_of_holder(actor, person_id, permit_id)
    form = Surrender(request.POST if request.method == "POST" else None)
    if form.is_valid():
        grounds = actions.Grounds(form.cleaned_data["reason"])
        try:
            actions.surrender(permit_id=permit_id, grounds=grounds, by=actor, at=at)
        except Refusal as refused:
            if refused.status != 422:
                raise
            for error in refused.errors:
                form.add_error("reason", str(error.sentence))
        else:
            messages.success(
                request, _("Izin %(number)s sudah diserahkan. Tempatnya kosong.") % {"number": found.number}
            )
            return see("permits-counter-person", person_id)
    shown = {"person": queries.person_shown(person_id), "shown": queries.shown(found, queries.day_of(at)), "form": form}
    return render(request, "permits/counter_surrender.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def opening(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Begin a draft in her name; it says that the counter filed it."""
    actor, at = actor_of(request), timezone.now()
    actor.require(COUNTER)
    queries.seen_at_counter(actor, person_id, at)
    form = Opening(request.POST)
    if not form.is_valid():
        return see("permits-counter-person", person_id)
    case = cases.open_draft(
        case_id=form.cleaned_data["case_id"], kind=form.cleaned_data["kind"], applicant_id=person_id, by=actor, at=at
    )
    return see("permits-resume", case.pk)
