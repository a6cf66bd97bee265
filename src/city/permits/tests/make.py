"""A desk, a doctor, and permits made by the real verbs, from the form to the signed letter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.test import Client

from city.billing.actions import receive_cash
from city.cases import actions as cases
from city.cases.declare import InspectionPlan
from city.cases.models import Case, Decision, RequiredDocument
from city.cases.queries import case_bill, digest_of, inspection_now, report_of, spec_of
from city.documents import actions as documents
from city.documents.models import StoredFile
from city.kernel.actor import Actor, system
from city.kernel.ids import new_id
from city.kernel.tests.listening import deliver
from city.people import actions as people
from city.people.actions import NewPerson
from city.people.models import Account, Appointment, Person
from city.permits import kinds
from city.permits.models import Permit
from city.permits.queries import offer_of

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, 10.00 WIB
DAY = date(2026, 11, 23)
CITY = system("tests")
PASSWORD = "garam-laut-2026"
PASSPHRASE = "tanda-tangan-demo"
KIND = "sip_dokter"
_next = iter(range(1, 100_000))

OFFICES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "front": ("dpmptsp.front", "DPMPTSP", ("permits.verify", "permits.counter", "permits.surrender")),
    "back": ("dpmptsp.back", "DPMPTSP", ("permits.examine", "permits.draft")),
    "officer": (
        "dpmptsp.officer",
        "DPMPTSP",
        ("permits.draft", "permits.initial", "permits.assess", "permits.hand_over"),
    ),
    "division": ("dpmptsp.division", "DPMPTSP", ("permits.initial", "permits.override_round")),
    "head": ("dpmptsp.head", "DPMPTSP", ("permits.sign", "permits.suspend", "permits.revoke")),
    "health": ("dinkes.reviewer", "DINKES", ("permits.review",)),
    "unrest": ("kesbangpol.reviewer", "KESBANGPOL", ("permits.review",)),
    "works": ("dpupr.inspector", "DPUPR", ("permits.review", "permits.inspect")),
    "assets": ("bpkad.reviewer", "BPKAD", ("permits.review", "permits.assess")),
    "treasurer": ("bpkad.treasurer", "BPKAD", ("billing.treasury",)),
}


def after(days: int = 0, hour: int = 3) -> datetime:
    """So many calendar days after AT; hour in UTC."""
    return (AT + timedelta(days=days)).replace(hour=hour)


def examples(kind: str = KIND) -> list[dict[str, Any]]:
    """The examples a kind's folder brings."""
    folder = Path(kinds.__file__).parent / kind
    found: list[dict[str, Any]] = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
    return found


def answers(kind: str = KIND, **changes: str) -> dict[str, str]:
    return {**examples(kind)[0]["answers"], **changes}


def a_person(name: str = "dr. Ni Luh Ayu D'Souza", *, nik: str = "") -> Person:
    """Born on 1 May 1985, unless her NIK is given and says otherwise."""
    born = None if nik else date(1985, 5, 1)
    nik = nik or f"367299010585{next(_next):04d}"
    more = NewPerson(birth_date=born, address="Jalan Panjang 3, Jombang Wetan")
    return people.register_person(name=name, nik=nik, by=CITY, at=AT, more=more)


def officer(actor: Actor) -> Client:
    """An officer's browser, in office."""
    client = Client()
    assert actor.person_id is not None
    client.force_login(an_account(Person.objects.get(pk=actor.person_id)))
    session = client.session
    session["appointment"] = str(actor.appointment_id)
    session.save()
    return client


def an_account(person: Person) -> Account:
    reach = people.Reach(email=f"orang{next(_next)}@contoh.id")
    return people.create_account(person_id=person.pk, reach=reach, password=PASSWORD, by=CITY, at=AT)


def herself(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def appointed(code: str, person: Person) -> Actor:
    term = people.Term(from_day=date(2026, 1, 2), kind="definitive", decree="SK contoh")
    made = people.appoint(person_id=person.pk, office_code=code, term=term, by=CITY, at=AT)
    office = Appointment.objects.select_related("office").get(pk=made.pk).office
    return Actor(
        ref=f"person:{person.pk}",
        person_id=person.pk,
        appointment_id=made.pk,
        agency=office.agency_id,
        permissions=frozenset(office.permissions),
    )


@dataclass(frozen=True)
class Desk:
    """Everybody who has a part in a permit."""

    front: Actor
    back: Actor
    officer: Actor
    division: Actor
    head: Actor
    health: Actor
    unrest: Actor
    works: Actor
    assets: Actor
    treasurer: Actor

    def reviewer(self, agency: str) -> Actor:
        return self.of(agency, "permits.review")

    def of(self, agency: str, power: str) -> Actor:
        """Whoever may do this in an agency."""
        everybody: list[Actor] = list(vars(self).values())
        return next(one for one in everybody if one.agency == agency and one.may(power))


def a_desk() -> Desk:
    for code in ("DPMPTSP", "DINKES", "KESBANGPOL", "DPUPR", "BPKAD"):
        people.place_agency(code=code, name=f"Dinas {code}", by=CITY)
    actors = {}
    for role, (code, agency, powers) in OFFICES.items():
        people.place_office(code=code, title=f"Jabatan {role}", agency=agency, permissions=powers, by=CITY)
        actors[role] = appointed(code, a_person(f"Pejabat {role}"))
    return Desk(**actors)


def a_file(case: Case, document: str, *, state: str = "ready") -> StoredFile:
    """A file that arrived for one document of a case; its bytes are of no interest here."""
    offer = offer_of(case, document)
    ready = {"place": offer.file_id.hex, "sha256": offer.file_id.hex, "content_type": "image/jpeg"}
    return StoredFile.objects.create(
        id=offer.file_id,
        subject_id=case.applicant_id,
        purpose=offer.purpose,
        name=f"{document}.jpg",
        size=1_200_000,
        state=state,
        created_by="tests",
        created_at=AT,
        **(ready if state == "ready" else {}),
    )


def a_draft(person: Person, *, kind: str = KIND, at: datetime = AT, by: Actor | None = None) -> Case:
    return cases.open_draft(case_id=new_id(), kind=kind, applicant_id=person.pk, by=by or herself(person), at=at)


def fill(case: Case, given: Mapping[str, str] | None = None, *, by: Actor | None = None, at: datetime = AT) -> None:
    """Everything the kind asks for."""
    by = by or herself(case.applicant)
    cases.save_answers(case_id=case.pk, answers=given or answers(case.kind), by=by, at=at)
    for row in RequiredDocument.objects.filter(case=case, file=None):
        cases.attach(case_id=case.pk, document=row.code, file_id=a_file(case, row.code).pk, by=by, at=at)


def submitted(person: Person, *, kind: str = KIND, at: datetime = AT, given: Mapping[str, str] | None = None) -> Case:
    case = a_draft(person, kind=kind, at=at)
    fill(case, given, at=at)
    return cases.submit(case_id=case.pk, by=herself(person), at=at)


def accept_all(case: Case, by: Actor, at: datetime = AT) -> None:
    waiting = RequiredDocument.objects.filter(case=case, file__isnull=False).exclude(state="accepted")
    for code in waiting.values_list("code", flat=True):
        cases.accept_document(case_id=case.pk, document=code, by=by, at=at)


def registered(case: Case, desk: Desk, at: datetime = AT) -> Case:
    accept_all(case, desk.front, at)
    return cases.register(case_id=case.pk, by=desk.front, at=at)


def reviewed(case: Case, desk: Desk, opinion: str = "recommended", at: datetime = AT) -> Case:
    if Case.objects.get(pk=case.pk).turn == "examine":
        cases.examine(case_id=case.pk, by=desk.back, at=at)
    for agency in case.reviews.values_list("agency", flat=True):
        reason = "" if opinion == "recommended" else "Klinik belum punya izin operasional."
        cases.review(case_id=case.pk, opinion=opinion, reason=reason, by=desk.reviewer(agency), at=at)
    return Case.objects.get(pk=case.pk)


def the_report(plan: InspectionPlan, result: str = "fit") -> dict[str, str]:
    """A report with nothing left out: measures as a surveyor writes them."""
    found = {f"check_{one.code}": "yes" for one in plan.checks} | {f"measure_{one.code}": "12" for one in plan.measures}
    return {**found, "party": "nobody", "result": result, "conclusion": "Lokasi sesuai dengan sketsa."}


def a_photo(case: Case, *, state: str = "ready") -> StoredFile:
    """A photo of the place that has arrived."""
    visit = inspection_now(case.pk)
    assert visit is not None
    file_id = new_id()
    ready = {"place": file_id.hex, "sha256": file_id.hex, "content_type": "image/jpeg"}
    return StoredFile.objects.create(
        id=file_id,
        subject_id=case.applicant_id,
        purpose=cases.purpose_of_photo(visit.pk),
        name="lokasi.jpg",
        size=900_000,
        state=state,
        created_by="tests",
        created_at=AT,
        **(ready if state == "ready" else {}),
    )


def inspected(case: Case, desk: Desk, at: datetime = AT, *, result: str = "fit", **measured: str) -> Case:
    """The place was looked at and the report signed; a kind without inspection is left alone."""
    plan = spec_of(case.kind_version_id).inspection
    if plan is None:
        return case
    when = at + timedelta(hours=1)
    cases.schedule_inspection(case_id=case.pk, visit_at=when, by=desk.of(plan.agency, "permits.inspect"), at=at)
    return inspected_again(case, desk, at=when, result=result, **measured)


def inspected_again(case: Case, desk: Desk, *, at: datetime, result: str = "fit", **measured: str) -> Case:
    """The report of a visit that has its day: written whole, with its photos, and signed."""
    plan = spec_of(case.kind_version_id).inspection
    assert plan is not None
    by = desk.of(plan.agency, "permits.inspect")
    typed = the_report(plan, result) | {f"measure_{name}": text for name, text in measured.items()}
    cases.save_report(case_id=case.pk, typed=typed, by=by, at=at)
    for _photo in range(plan.photos):
        cases.add_photo(case_id=case.pk, file_id=a_photo(case).pk, by=by, at=at)
    visit = inspection_now(case.pk)
    assert visit is not None
    return cases.sign_report(case_id=case.pk, digest=digest_of(visit, report_of(visit)), agreed=True, by=by, at=at)


def settled(case: Case, desk: Desk, at: datetime = AT) -> Case:
    """Assessed and paid in cash, where the case waits for a fee."""
    case = Case.objects.get(pk=case.pk)
    if case.turn != "assess":
        return case
    plan = spec_of(case.kind_version_id).fee
    assert plan is not None
    cases.assess(case_id=case.pk, by=desk.of(plan.agency, "permits.assess"), at=at)
    deliver()
    bill = case_bill(case.pk)
    assert bill is not None
    receive_cash(bill_id=bill.pk, amount=bill.outstanding, key=new_id(), actor=desk.treasurer, at=at)
    deliver()
    return Case.objects.get(pk=case.pk)


def to_signature(case: Case, desk: Desk, outcome: str = "grant", at: datetime = AT) -> Case:
    """Drafted, initialled, the letter written."""
    grounds = cases.Grounds("L1", "Pasal contoh", "Alamat praktik tidak ditemukan.") if outcome == "refuse" else None
    cases.draft_decision(case_id=case.pk, outcome=outcome, by=desk.back, at=at, refusal=grounds)
    for actor in (desk.officer, desk.division):
        cases.initial_decision(case_id=case.pk, by=actor, at=at)
    write_letter(case, at)
    return Case.objects.get(pk=case.pk)


def write_letter(case: Case, at: datetime = AT) -> None:
    """What the job does once the decision is numbered."""
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    cases.prepare_paper(case_id=case.pk, paper_id=decision.paper_id, at=at)


def store_letter(case: Case, at: datetime = AT) -> Case:
    """What the job does with a signed letter, and the listeners with its event."""
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    documents.issue_paper(paper_id=decision.paper_id, at=at)
    deliver()
    return Case.objects.get(pk=case.pk)


def signed(case: Case, desk: Desk, at: datetime = AT) -> Case:
    assert desk.head.person_id is not None
    documents.ensure_demo_signer(desk.head.person_id, "Hj. Nurlaela", PASSPHRASE, at=at)
    cases.sign(case_id=case.pk, passphrase=PASSPHRASE, by=desk.head, at=at)
    return store_letter(case, at)


def paid_for(
    person: Person, desk: Desk, *, outcome: str = "grant", kind: str = KIND, at: datetime = AT,
    given: Mapping[str, str] | None = None,
) -> Case:  # fmt: skip
    """A case that was checked, reviewed, inspected and paid for, as far as its kind wants it."""
    case = submitted(person, kind=kind, at=at, given=given)
    registered(case, desk, at)
    reviewed(case, desk, at=at)
    return settled(inspected(case, desk, at, result="unfit" if outcome == "refuse" else "fit"), desk, at)


def decided(
    person: Person, desk: Desk, *, outcome: str = "grant", kind: str = KIND, at: datetime = AT,
    given: Mapping[str, str] | None = None,
) -> Case:  # fmt: skip
    """A case whose letter was signed and stored."""
    case = paid_for(person, desk, outcome=outcome, kind=kind, at=at, given=given)
    to_signature(case, desk, outcome, at)
    return signed(case, desk, at)


def a_permit(person: Person, desk: Desk, *, at: datetime = AT, **given: str) -> Permit:
    case = decided(person, desk, at=at, given=answers(**given))
    return Permit.objects.get(case=case)
