"""A kind with two reviewers, an inspection and a fee, and its cases brought to any step by the real verbs."""

from datetime import datetime, timedelta
from pathlib import Path

from city.billing.actions import receive_cash
from city.billing.declare import DECIDE, TREASURY
from city.billing.models import Bill
from city.cases import actions
from city.cases.declare import KINDS, kind_in
from city.cases.models import Case, Inspection
from city.cases.queries import case_bill, digest_of, inspection_now, report_of
from city.cases.tests.make import AT, Desk, _paper, a_file, a_person, accept_all, deliver, herself
from city.documents.models import StoredFile
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.people.models import Person

PAID = "izin_berbayar"
ANSWERS = {"area": "12", "days": "90"}
REPORT = {
    "check_boundary": "yes",
    "check_road": "no",
    "note_road": "Tali tenda menutup trotoar.",
    "measure_area": "12,5",
    "party": "applicant",
    "party_name": "Ni Luh Ayu D'Souza",
    "party_remark": "Tali akan dipindah.",
    "latitude": "-6,0173",
    "longitude": "106.0538",
    "result": "conditional",
    "conclusion": "Layak dipakai bila tali dipindah.",
}


def the_paid_kind() -> str:
    if PAID not in KINDS:
        folder = Path(__file__).parent / "kind_paid"
        KINDS.add(PAID, kind_in(folder, rules="city.cases.tests.kind_paid.v1", paper=_paper))
    return PAID


def examined(desk: Desk, *, person: Person | None = None, at: datetime = AT) -> Case:
    """A complete file; two agencies and an inspector have been asked."""
    person = person or a_person()
    me = herself(person)
    case = actions.open_draft(case_id=new_id(), kind=the_paid_kind(), applicant_id=person.pk, by=me, at=at)
    actions.save_answers(case_id=case.pk, answers=ANSWERS, by=me, at=at)
    actions.attach(case_id=case.pk, document="sketch", file_id=a_file(person.pk).pk, by=me, at=at)
    actions.submit(case_id=case.pk, by=me, at=at)
    accept_all(case, desk.front, at)
    actions.register(case_id=case.pk, by=desk.front, at=at)
    return actions.examine(case_id=case.pk, by=desk.back, at=at)


def advised(case: Case, desk: Desk, *opinions: str, at: datetime = AT) -> Case:
    """Both agencies, in this order, recommend unless told otherwise."""
    told = [*opinions, *["recommended"] * (2 - len(opinions))]
    for opinion, by in zip(told, (desk.health, desk.works), strict=True):
        reason = "" if opinion == "recommended" else "Lahan itu jalur hijau kota."
        actions.review(case_id=case.pk, opinion=opinion, reason=reason, by=by, at=at)
    return Case.objects.get(pk=case.pk)


def the_visit(case: Case) -> Inspection:
    found = inspection_now(case.pk)
    assert found is not None
    return found


def scheduled(case: Case, by: Actor, at: datetime = AT) -> datetime:
    visit_at = at + timedelta(hours=3)
    actions.schedule_inspection(case_id=case.pk, visit_at=visit_at, by=by, at=at)
    return visit_at


def a_photo(case: Case, *, state: str = "ready") -> StoredFile:
    file = a_file(case.applicant_id, state=state)
    StoredFile.objects.filter(pk=file.pk).update(purpose=actions.purpose_of_photo(the_visit(case).pk))
    return StoredFile.objects.get(pk=file.pk)


def reported(case: Case, by: Actor, at: datetime = AT, **changes: str) -> datetime:
    """At the place: the report is whole, one photo hangs on it. Returns when."""
    when = scheduled(case, by, at)
    actions.save_report(case_id=case.pk, typed={**REPORT, **changes}, by=by, at=when)
    actions.add_photo(case_id=case.pk, file_id=a_photo(case).pk, by=by, at=when)
    return when


def digest_shown(case: Case) -> str:
    visit = the_visit(case)
    return digest_of(visit, report_of(visit))


def visited(case: Case, by: Actor, at: datetime = AT, **changes: str) -> Case:
    """The report is signed."""
    when = reported(case, by, at, **changes)
    return actions.sign_report(case_id=case.pk, digest=digest_shown(case), agreed=True, by=by, at=when)


def recommended(desk: Desk, at: datetime = AT) -> Case:
    """Everything is in; the fee is next."""
    case = examined(desk, at=at)
    advised(case, desk, at=at)
    return visited(case, desk.works, at)


def treasurer() -> Actor:
    """Takes cash at the counter, and decides what is cancelled."""
    powers = frozenset({TREASURY, DECIDE})
    person = a_person("Tri Handayani")
    return Actor(
        ref=f"person:{person.pk}", person_id=person.pk, agency="DINKES", permissions=powers, appointment_id=new_id()
    )


def the_bill(case: Case) -> Bill:
    found = case_bill(case.pk)
    assert found is not None
    return found


def assessed(desk: Desk, at: datetime = AT) -> Case:
    """The bill went out and the applicant has it."""
    case = recommended(desk, at)
    actions.assess(case_id=case.pk, by=desk.health, at=at)
    told()
    return Case.objects.get(pk=case.pk)


def pay(case: Case, amount: int = 0, at: datetime = AT) -> None:
    bill = the_bill(case)
    receive_cash(bill_id=bill.pk, amount=amount or bill.outstanding, key=new_id(), actor=treasurer(), at=at)


def told() -> None:
    """Hand out events, and those that listeners publish."""
    for _round in range(3):
        deliver()
