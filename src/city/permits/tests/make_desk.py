"""Officers who sign in, and doctors' applications brought to any step by the real verbs."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pypdfium2
import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image

from city.cases import actions
from city.cases.models import Case
from city.cases.queries import spec_of
from city.cases.tests.make import Desk, a_desk, a_person, accept_all, drafted, herself, initialled
from city.documents.actions.keeping import written
from city.documents.models import StoredFile
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.kernel.keyring import ensure_keys
from city.people.models import Account

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, 10.00 WIB
ANSWERS = {
    "profession": "general",
    "str_number": "12.3.4.5678.9012",
    "str_kind": "lifelong",
    "skp_number": "SKP-2026-1",
    "place_order": "1",
    "facility_type": "clinic",
    "facility_name": "Klinik Pratama Jombang",
    "facility_address": "Jl. Contoh Raya 12\nRT 01 RW 02",
    "facility_permit": "NIB 1234567890123",
    "schedule": "Senin dan Rabu, 16.00–20.00",
    "holder_name": "dr. Raka Pratama",
    "birth_place": "Cilegon",
    "birth_date": "1988-04-12",
    "home_address": "Jl. Contoh 1, Cilegon",
}


def a_pdf(pages: int = 2) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()  # type: ignore[no-untyped-call]
    for _page in range(pages):
        document.new_page(595, 842)
    document.save(out)
    return out.getvalue()


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "JPEG")
    return out.getvalue()


def handed_in(case: Case, code: str, content: bytes, *, pages: int | None = None) -> StoredFile:
    me = Actor(ref=f"person:{case.applicant_id}", person_id=case.applicant_id)
    file = written(content, subject_id=case.applicant_id, purpose=f"case:{case.pk}:{code}", name=f"{code}.bin", at=AT)
    StoredFile.objects.filter(pk=file.pk).update(pages=pages)
    actions.attach(case_id=case.pk, document=code, file_id=file.pk, by=me, at=AT)
    return file


def an_application(desk: Desk, step: str = "verify", *, outcome: str = "grant", at: datetime = AT) -> Case:
    """A doctor's application that waits for `step`: verify, examine, review, draft_decision, initial_1 or sign."""
    doctor = a_person()
    me = herself(doctor)
    case = actions.open_draft(case_id=new_id(), kind="sip_dokter", applicant_id=doctor.pk, by=me, at=at)
    spec = spec_of(case.kind_version_id)
    answers = ANSWERS | {"kelurahan": spec.fields["kelurahan"].values[0]}
    actions.save_answers(case_id=case.pk, answers=answers, by=me, at=at)
    for need in spec.documents:
        pdf = need.code in ("str", "skp")
        handed_in(case, need.code, a_pdf() if pdf else a_picture(), pages=2 if pdf else None)
    actions.submit(case_id=case.pk, by=me, at=at)
    _bring(case, desk, step, outcome, at)
    return Case.objects.get(pk=case.pk)


def _bring(case: Case, desk: Desk, step: str, outcome: str, at: datetime) -> None:
    way: list[tuple[str, Callable[[], object]]] = [
        ("verify", lambda: accept_all(case, desk.front, at)),
        ("verify", lambda: actions.register(case_id=case.pk, by=desk.front, at=at)),
        ("examine", lambda: actions.examine(case_id=case.pk, by=desk.back, at=at)),
        ("review", lambda: actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=at)),
        ("draft_decision", lambda: drafted(case, desk, outcome, at)),
        ("initial_1", lambda: initialled(case, desk, at)),
    ]
    for waits_for, do in way:
        if waits_for == step:
            return
        do()


def signed_in(actor: Actor) -> Client:
    """A browser in which this official works in her office."""
    account = Account.objects.filter(person_id=str(actor.person_id)).first()
    if account is None:  # without a password: hashing one takes longer than the rest of a test
        account = Account(person_id=str(actor.person_id), email=f"{actor.person_id}@contoh.id", created_at=AT)
        account.set_unusable_password()
        account.save()
    client = Client()
    client.force_login(account)
    session = client.session
    session["appointment"] = str(actor.appointment_id or "")
    session.save()
    return client


NOW = AT + timedelta(hours=2)


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The officers at their desks on a Monday at noon, whatever day it is outside."""
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return a_desk()


def page_of(case: Case, **query: str) -> str:
    return f"/sipeci/desk/{case.pk}" + ("?" + urlencode(query) if query else "")


def pressed(actor: Actor, case: Case, verb: str, **sent: object) -> HttpResponse:
    """What an officer's browser gets after pressing a button of the page as it is now, or was at version `seen`."""
    sent.setdefault("seen", Case.objects.get(pk=case.pk).version)
    return signed_in(actor).post(f"{page_of(case)}/{verb}", sent)  # type: ignore[return-value]


def text_of(response: HttpResponseBase) -> str:
    """What the browser shows."""
    return bytes(getattr(response, "content", b"")).decode()
