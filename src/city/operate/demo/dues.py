"""The part of a case's way that leads over a visit and a fee, for the kinds that have them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from city.billing import actions as billing
from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import case_bill, digest_of, inspection_now, report_of, spec_of
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.operate.demo.cast import id_of
from city.operate.demo.photos import scene
from city.operate.demo.sending import all_sent
from city.permits.queries import offer_of_photo

INSPECTOR, TREASURER = "asep", "tri"
ASSESSORS = {"pemakaian_aset": "wulan", "pbg": "ratna"}
_SEEN = {
    "party": "applicant",
    "result": "fit",
    "conclusion": "Letak dan ukuran sesuai sketsa. Trotoar dan saluran air tetap terbuka.",
}


class Way(Protocol):
    """A case on its way, and who acts for it when."""

    @property
    def case(self) -> Case: ...

    def at(self, step: str) -> datetime: ...

    def actor(self, key: str, step: str) -> Actor: ...


def visit(way: Way) -> None:
    """Asep names a day, goes there, measures what the applicant asked for, takes photos and signs."""
    case, by, at = way.case, way.actor(INSPECTOR, "inspect"), way.at("inspect")
    plan = spec_of(case.kind_version_id).inspection
    if plan is None:
        return
    cases.schedule_inspection(case_id=case.pk, visit_at=at, by=by, at=way.at("review"))
    typed = {**_SEEN, "party_name": case.applicant.name, "measure_area": "12"}
    typed |= {f"check_{check.code}": "yes" for check in plan.checks}
    cases.save_report(case_id=case.pk, typed=typed, by=by, at=at)
    now = inspection_now(case.pk)
    if now is None:
        raise RuntimeError(f"{case.receipt} has no inspection to report on")
    offer = replace(offer_of_photo(case, now), declared_type="image/jpeg")
    photos = [replace(offer, file_id=new_id(), name=f"lokasi-{n}.jpg") for n in range(1, plan.photos + 1)]
    offers = [(one, scene(f"{case.pk}-{one.name}")) for one in photos]
    for file_id in all_sent(offers, by=by):
        cases.add_photo(case_id=case.pk, file_id=file_id, by=by, at=at)
    digest = digest_of(now, report_of(now))
    cases.sign_report(case_id=case.pk, digest=digest, agreed=True, by=by, at=at)


def assess(way: Way) -> None:
    """The bill goes out; the applicant has it, as the listener would note in a running city."""
    case, at = way.case, way.at("assess")
    case = cases.assess(case_id=case.pk, by=way.actor(ASSESSORS[case.kind], "assess"), at=at)
    cases.await_payment(case_id=case.pk, bill_id=_bill(case.pk), at=at)


def pay(way: Way) -> None:
    """In cash at the treasurer's counter: a city that is being loaded has no bank beside it yet."""
    case, at = way.case, way.at("pay")
    by, bill_id = way.actor(TREASURER, "pay"), _bill(case.pk)
    bill = case_bill(case.pk)
    if bill is not None and bill.takes_money:
        key = id_of(f"cash:{case.pk}")
        billing.receive_cash(bill_id=bill_id, amount=bill.outstanding, key=key, actor=by, at=at)
    cases.note_payment(case_id=case.pk, bill_id=bill_id, by=by, at=at)


def _bill(case_id: UUID) -> UUID:
    bill = case_bill(case_id)
    if bill is None:
        raise RuntimeError(f"case {case_id} has no bill")
    return bill.pk


STEPS: dict[str, Callable[[Way], None]] = {"inspect": visit, "assess": assess, "pay": pay}
