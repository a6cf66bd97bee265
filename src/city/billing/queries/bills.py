"""Bills: one, a subject's, a payer's; and who may see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.declare import AUDIT, DECIDE, FORMULAS, TREASURY
from city.billing.models import Bill, Bills, Held, Receipt
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.people.queries import mandates_of, name_of, organisation_name

_PAYER_ONLY = _(
    "Pengembalian uang hanya bisa diminta oleh pembayarnya sendiri. Uangnya tetap tersimpan. "
    "Minta pemberi kuasa membuka tagihan ini dari akunnya, atau datang ke loket."
)


def no_such_bill() -> Refusal:
    said = _("Tagihan ini tidak ada, atau dibuka dari akun lain. Periksa alamatnya.")
    return Refusal("bill.unknown", said, status=404)


def bill(bill_id: UUID) -> Bill | None:
    """For other apps, which know whose it is."""
    return Bill.objects.filter(pk=bill_id).first()


def bill_of(subject_kind: str, subject_id: UUID) -> Bill | None:
    """The bill of a case or whatever it is for: the one that counts, else the last cancelled one."""
    rows = Bill.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return rows.exclude(state=Bill.State.CANCELLED).first() or rows.order_by("-issued_at").first()


def is_payer(row: Bill, actor: Actor, at: datetime) -> bool:
    """Who owes it, acting for herself; an organisation acts by whoever filed under its mandate."""
    if row.payer_kind == Bill.Payer.ORGANISATION:
        return _is_under(row, actor, at)
    return actor.person_id == row.payer_id and actor.mandate_id is None


def acts_on(row: Bill, actor: Actor, at: datetime) -> bool:
    """Who owes it, or who acts under the very mandate it was filed under, while that is in force."""
    return is_payer(row, actor, at) or _is_under(row, actor, at)


def _is_under(row: Bill, actor: Actor, at: datetime) -> bool:
    if actor.person_id is None or actor.mandate_id is None or actor.mandate_id != row.mandate_id:
        return False
    return mandates_of(actor.person_id, at).filter(pk=actor.mandate_id).exists()


def may_act_for_payer(row: Bill, person_id: UUID, at: datetime) -> bool:
    """Whether somebody holds any mandate of this payer."""
    giver = "giver_person_id" if row.payer_kind == Bill.Payer.PERSON else "giver_organisation_id"
    return mandates_of(person_id, at).filter(**{giver: row.payer_id}).exists()


def require_payer_herself(row: Bill, actor: Actor, at: datetime) -> None:
    """Money goes back only at the payer's own wish: who acts for her is told so (403)."""
    if not is_payer(row, actor, at):
        raise Refusal("held.payer_only", _PAYER_ONLY, status=403)


def is_keeper(row: Bill, actor: Actor) -> bool:
    """An office of the agency that keeps this money, or one that keeps the whole city's."""
    return actor.is_official and bool(actor.permissions & {TREASURY, DECIDE, AUDIT})


def bill_for(actor: Actor, bill_id: UUID, at: datetime) -> Bill:
    """The bill, for its payer, who acts for her, and those who keep the money. Refuses (404) everybody else."""
    found = bill(bill_id)
    if found is None or not (acts_on(found, actor, at) or is_keeper(found, actor)):
        raise no_such_bill()
    return found


def bills_for(actor: Actor, at: datetime) -> Bills:
    """Her own bills, the newest first; under a mandate those that were filed under it."""
    rows = Bill.objects.order_by("-issued_at", "-pk")
    if actor.person_id is None:
        return rows.none()
    if actor.mandate_id is None:
        return rows.filter(payer_kind=Bill.Payer.PERSON, payer_id=actor.person_id)
    given = mandates_of(actor.person_id, at).filter(pk=actor.mandate_id).first()
    if given is None:
        return rows.none()
    return rows.filter(payer_id__in=[given.giver_person_id, given.giver_organisation_id], mandate_id=given.pk)


def bill_numbered(number: str) -> Bill | None:
    """By its number as it is printed, spaces and case forgiven."""
    return Bill.objects.filter(number=number.strip().upper().replace(" ", "")[:80]).first()


def no_such_number(number: str) -> Refusal:
    said = gettext("Tidak ada tagihan bernomor %(number)s. Periksa nomornya.") % {"number": number}
    return Refusal("bill.no_number", said, status=422, errors=[FieldError("number", said)])


def receipt_of(row: Bill, receipt_id: UUID) -> Receipt:
    """A payment on this bill. Refuses (404) another's."""
    found = Receipt.objects.filter(pk=receipt_id, bill=row).first()
    if found is None:
        raise no_such_bill()
    return found


def held_of(row: Bill, held_id: UUID) -> Held:
    """Money held beside this bill. Refuses (404) another's."""
    found = Held.objects.select_related("receipt", "bill").filter(pk=held_id, bill=row).first()
    if found is None:
        raise no_such_bill()
    return found


def open_bills() -> Bills:
    """Those on which something is owed, the soonest due first."""
    return Bill.objects.open().order_by("due_on", "pk")


def payer_name(row: Bill) -> str:
    if row.payer_kind == Bill.Payer.PERSON:
        return name_of(row.payer_id)
    return organisation_name(row.payer_id)


def explanation(row: Bill) -> list[dict[str, Any]]:
    """Each factor in words: what, value, unit, the choice made, its article and source, and whether it is decreed."""
    words = FORMULAS[row.formula].words if row.formula in FORMULAS else {}
    return [explained(line, words) for line in row.explained]


def explained(line: Any, words: Any) -> dict[str, Any]:
    return {
        "code": line.code,
        "what": words.get(line.code, line.code),
        "choice": words.get(line.choice, ""),
        "value": line.value,
        "unit": line.unit,
        "article": line.article,
        "source": line.source,
        "decreed": line.decreed,
    }
