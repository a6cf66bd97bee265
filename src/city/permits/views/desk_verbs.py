"""What officers do to a file. A press that cannot be followed comes back on the same page, with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from city.cases import actions
from city.cases.models import Case
from city.cases.queries import case_for, spec_of
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits.views import desk_forms as shapes
from city.permits.views.desk_page import Said, case_page

# How an action names a field that the form calls otherwise.
_FIELDS = {"refusal": "refusal_code", "article": "refusal_article", "text": "refusal_text"}


@dataclass(frozen=True)
class Press:
    """One press on a file: the form's place on the page, what is done, what is said afterwards."""

    name: str
    form: forms.Form
    act: Callable[[dict[str, Any]], object]
    done: Any


def answer(request: HttpRequest, case_id: UUID, press: Press, look: str = "") -> HttpResponse:
    """Do it and go back to the file, or show the file as it is now with what keeps it from being done.

    Whether she may is the action's to say; the page asks again for itself.
    """
    if not press.form.is_valid():
        return case_page(request, _case(request, case_id), Said(typed={press.name: press.form}))
    try:
        press.act(press.form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == 404 or refusal.code == "actor.not_permitted":
            raise
        _note(press.form, refusal)
        return case_page(request, _case(request, case_id), Said(refusal, {press.name: press.form}))
    messages.success(request, press.done)
    return back(request, case_id, look)


def _note(form: forms.Form, refusal: Refusal) -> None:
    """Each thing to mend beside its field; what belongs to no field stands on top."""
    for error in refusal.errors:
        name = error.field if error.field in form.fields else _FIELDS.get(error.field, "")
        if name in form.fields:
            form.add_error(name, str(error.sentence))


def back(request: HttpRequest, case_id: UUID, look: str = "") -> HttpResponse:
    """To the file, with the same queue beside it."""
    kept = {"look": look, "bucket": str(request.GET.get("bucket", ""))}
    asked = "&".join(f"{name}={value}" for name, value in kept.items() if value.replace("_", "").isalnum())
    return HttpResponseRedirect(
        reverse("permits-desk-case", args=[case_id]) + (f"?{asked}" if asked else ""), status=303
    )


def _case(request: HttpRequest, case_id: UUID) -> Case:
    return case_for(actor_of(request), case_id)


def _told(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """What every action is told: which case, by whom, when."""
    return {"case_id": case_id, "by": actor_of(request), "at": timezone.now()}


@require_POST
def send_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "send_back",
        shapes.Return(request.POST),
        lambda sent: actions.send_back(**told, seen=sent["seen"], override_reason=sent["override_reason"]),
        _("Dikembalikan ke pemohon. Hitungan waktu berhenti sampai dijawab."),
    )
    return answer(request, case_id, press)


@require_POST
def register(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "step",
        shapes.Step(request.POST),
        lambda sent: actions.register(**told, seen=sent["seen"]),
        _("Dinyatakan lengkap. Tanda terima dikirim dan hitungan waktu mulai."),
    )
    return answer(request, case_id, press)


@require_POST
def examine(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "step",
        shapes.Step(request.POST),
        lambda sent: actions.examine(**told, seen=sent["seen"]),
        _("Isi berkas sesuai. Berkas diteruskan."),
    )
    return answer(request, case_id, press)


@require_POST
def review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "opinion",
        shapes.Opinion(request.POST),
        lambda sent: actions.review(**told, seen=sent["seen"], opinion=sent["opinion"], reason=sent["reason"]),
        _("Kajian Anda terkirim."),
    )
    return answer(request, case_id, press)


@require_POST
def draft(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case, told = _case(request, case_id), _told(request, case_id)

    def act(sent: dict[str, Any]) -> object:
        refused = sent["outcome"] == "refuse"
        grounds = actions.Grounds(sent["refusal_code"], sent["refusal_article"], sent["refusal_text"])
        return actions.draft_decision(
            **told, seen=sent["seen"], outcome=sent["outcome"], refusal=grounds if refused else None
        )

    shape = shapes.Draft(request.POST, spec=spec_of(case.kind_version_id))
    return answer(request, case_id, Press("draft", shape, act, _("Konsep keputusan dibuat dan dikirim ke paraf.")))


@require_POST
def initial(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "step",
        shapes.Step(request.POST),
        lambda sent: actions.initial_decision(**told, seen=sent["seen"]),
        _("Paraf Anda tercatat."),
    )
    return answer(request, case_id, press)


@require_POST
def return_draft(request: HttpRequest, case_id: UUID) -> HttpResponse:
    told = _told(request, case_id)
    press = Press(
        "draft_return",
        shapes.Why(request.POST),
        lambda sent: actions.return_draft(**told, seen=sent["seen"], reason=sent["reason"]),
        _("Konsep dikembalikan ke penyusun."),
    )
    return answer(request, case_id, press)


@sensitive_post_parameters("passphrase")
@require_POST
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The passphrase lives in this request alone: in no row, no job, no log line, and not in the page that answers."""
    told, shape = _told(request, case_id), shapes.Signature(request.POST)

    def act(sent: dict[str, Any]) -> object:
        try:
            return actions.sign(**told, seen=sent["seen"], passphrase=sent["passphrase"])
        except Refusal as refusal:
            if refusal.status == 422 and not refusal.errors:
                shape.add_error("passphrase", str(refusal.sentence))
            raise

    return answer(
        request,
        case_id,
        Press("signature", shape, act, _("Ditandatangani. Suratnya terbit sebentar lagi.")),
    )
