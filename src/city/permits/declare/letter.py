"""What the letter of a decision says: facts of the case in Indonesian, as the law wants a decree written."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from city.cases.declare import KindSpec, PaperOrder, PaperRequest, as_day
from city.cases.models import Case, Decision
from city.cases.queries import answers_in, case_bill, decision_of, inspections_of, measured_in, reviews_of, spec_of
from city.kernel.rules import WIB
from city.people.models import Agency
from city.people.queries import agency, head_of
from city.permits.declare.parts import parts_of
from city.permits.declare.term import term_of
from city.ui.rules.formats import date_long, rupiah

LETTER, REFUSAL = "letter.typ", "refusal.typ"
_SHARED = Path(__file__).resolve().parent.parent / "letters"


def compose(request: PaperRequest) -> PaperOrder:
    """The letter of a decision, as the kind's version has it; a kind may bring a refusal of its own."""
    decision = _decision(request.case_id)
    case = decision.case
    spec = spec_of(case.kind_version_id)
    with translation.override("id"):
        data = _said(case, spec, request)
        data |= _granted(case, spec, request) if request.outcome == "grant" else _refused(spec, decision)
    name = LETTER if request.outcome == "grant" else REFUSAL
    source = spec.files.get(name) or (_SHARED / name).read_text(encoding="utf-8")
    return PaperOrder(template=f"permits.{case.kind}", data=data, verify_url=verify_url(request.code), source=source)


def verify_url(code: str) -> str:
    return f"{settings.PUBLIC_URL}/sipeci/verify/{code}"


def _decision(case_id: UUID) -> Decision:
    decision = decision_of(case_id)
    if decision is None:
        raise RuntimeError(f"case {case_id} has no decision to write")
    return decision


def _day(at: datetime) -> date:
    return at.astimezone(WIB).date()


def _in_words(day: date | None) -> str:
    return date_long(day, "id") if day else "tanpa batas waktu"


def _said(case: Case, spec: KindSpec, request: PaperRequest) -> dict[str, Any]:
    """What both letters say."""
    answers, office = answers_in(case), agency(spec.agency)
    holder = head_of(spec.decisions.signer, _day(request.at))
    title = f"{_standing(holder.kind)}{holder.office.title}" if holder else f"Kepala {office.name}"
    return {
        "title": parts_of(spec).long_name.id,
        "agency": {"name": office.name, "address": office.address},
        "signer": {"title": title, "name": holder.person.name if holder else ""},
        "applicant": answers.get("holder_name") or case.applicant.name,
        "receipt": case.receipt or "",
        "registered_on": _in_words(_day(case.registered_at)) if case.registered_at else "",
        "opinions": _opinions(case),
        "decided_on": _in_words(_day(request.at)),
        "automatic": request.automatic,
    }


def _standing(kind: str) -> str:
    """A holder who acts for another says so under her name (UU 30/2014 art. 14)."""
    return {"plh": "Plh. ", "plt": "Plt. "}.get(kind, "")


def _opinions(case: Case) -> list[str]:
    said = {
        "recommended": "merekomendasikan permohonan ini",
        "conditional": "merekomendasikan permohonan ini dengan syarat",
        "not_recommended": "tidak merekomendasikan permohonan ini",
    }
    given = [one for one in reviews_of(case.pk) if one.given_at and one.state in said]
    opinions = [
        f"{_name(one.agency)} {said[one.state]} pada {_in_words(_day(one.given_at))}" for one in given if one.given_at
    ]
    return [*opinions, *_visits(case)]


def _visits(case: Case) -> list[str]:
    """The inspection that was signed, with its result."""
    signed = [one for one in inspections_of(case.pk) if one.signed_at]
    return [
        f"berita acara pemeriksaan lapangan {_name(one.agency)} tanggal {_in_words(_day(one.signed_at))} menyatakan "
        f"lokasi {str(one.get_result_display()).lower()}"
        for one in signed
        if one.signed_at
    ]


def _name(code: str) -> str:
    try:
        return agency(code).name
    except Agency.DoesNotExist:
        return code


def _granted(case: Case, spec: KindSpec, request: PaperRequest) -> dict[str, Any]:
    term, answers = term_of(case, _day(request.at)), answers_in(case)
    return {
        "facts": letter_facts(spec, {**answers, **measured_in(case.pk)}),
        "fee": _fee(case),
        "laws": [line.id for line in parts_of(spec).standard["law"]],
        "valid_from": _in_words(term.first),
        "valid_until": _in_words(term.last),
    }


def _fee(case: Case) -> dict[str, str]:
    """The bill that was paid, for a letter that names it; empty texts where nothing was owed."""
    bill = case_bill(case.pk)
    if bill is None or bill.settled_at is None:
        return {"number": "", "amount": "", "paid_on": ""}
    paid_on = _in_words(_day(bill.settled_at))
    return {"number": bill.number, "amount": rupiah(bill.principal, "id"), "paid_on": paid_on}


def letter_facts(spec: KindSpec, answers: Mapping[str, str]) -> list[list[str]]:
    """The answers the kind prints in its table (`letter` in its data), each with its label; empty ones are left out."""
    rows = []
    for code in spec.parts["letter"]["facts"]:
        field = spec.fields[code]
        answer = answers.get(code, "")
        day = as_day(answer) if field.kind == "date" else None
        shown = _in_words(day) if day else field.shown(answer)
        if shown:
            rows.append([field.label.id, " ".join(shown.split())])
    return rows


def _refused(spec: KindSpec, decision: Decision) -> dict[str, Any]:
    found = spec.refusal(decision.refusal_code)
    return {
        "refusal": {
            "code": decision.refusal_code,
            "label": found.label.id if found else "",
            "article": decision.refusal_article or (found.article if found else ""),
            "text": decision.refusal_text or "Tidak ada penjelasan tambahan.",
        },
        "appeal": parts_of(spec).appeal.id,
    }
