"""The bank's day is read in: what we did not know is received, refunds are confirmed, the rest is listed."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.ask_payment import the_bank
from city.billing.actions.lock import wrong
from city.billing.actions.receive import receive
from city.billing.actions.send_refund import confirm_refund, take_back_refund
from city.billing.declare import TREASURY, BankReceipt, BankRefused, BankUnreachable
from city.billing.events import StatementRead
from city.billing.models import BankDay, BankLine, Deposit, Refund
from city.billing.rules.statement import Statement, StatementFault, read_statement, slip_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.turns import take_turn

_FAULTS = {
    "too_large": _("Berkas ini terlalu besar. Mutasi satu hari paling besar 5 MB."),
    "not_text": _("Berkas ini bukan teks. Unduh mutasi dalam bentuk CSV, lalu coba lagi."),
    "no_head": _("Dua baris pertama bukan kepala mutasi. Unduh lagi dari bank."),
    "bad_line": _("Baris %(line)s tidak terbaca. Unduh lagi dari bank; jangan diubah dengan tangan."),
    "repeated_reference": _("Ada rujukan bank yang muncul dua kali. Minta bank memperbaiki berkasnya."),
    "does_not_add_up": _("Saldo awal ditambah mutasi tidak sama dengan saldo akhir. Berkasnya mungkin terpotong."),
}


def reconcile(*, day: date, statement: bytes, actor: Actor, at: datetime) -> BankDay:
    """Read a day's statement and bring the books up to it; the differences left are queries.reconciliation_of(day).

    Reading the same file again goes on where it stopped and changes nothing else; a corrected file of the same day
    replaces it. Raises Refusal 403, 422 with a sentence for a file that is none, another day's or
    another account's; 503 where the bank must be asked for its account's number and does not answer.
    """
    actor.require(TREASURY)
    told = _read(statement)
    if told.day != day:
        said = gettext("Berkas ini mutasi tanggal %(day)s. Pilih tanggal yang sama.")
        raise wrong("statement.other_day", "statement", said % {"day": told.day.isoformat()})
    _require_our_account(told, actor)
    row = _kept(told, hashlib.sha256(statement).hexdigest(), actor=actor, at=at)
    for line in row.lines.order_by("at", "pk"):
        _followed(line, at)
    return row


def _require_our_account(told: Statement, actor: Actor) -> None:
    """The account of the last day read; where the file tells another, or is the first, the bank itself says which."""
    last = BankDay.objects.order_by("-read_at", "-pk").values_list("account", flat=True).first()
    if told.account[:40] == last:
        return
    ours = _read(fetch_statement(day=told.day, actor=actor)).account
    if told.account != ours:
        said = gettext("Berkas ini mutasi rekening %(told)s, bukan rekening kas kota %(ours)s. Unduh lagi dari bank.")
        raise wrong("statement.other_account", "statement", said % {"told": told.account[:40], "ours": ours})


def fetch_statement(*, day: date, actor: Actor) -> bytes:
    """The day's file from the bank itself. Raises Refusal 403, 422 or 503 with the bank's sentence."""
    actor.require(TREASURY)
    try:
        return the_bank().statement(day)
    except BankUnreachable as silent:
        raise Refusal("bank.silent", silent.sentence, status=503) from silent
    except BankRefused as refused:
        raise Refusal("bank.refused", refused.sentence, status=422) from refused


def _read(statement: bytes) -> Statement:
    try:
        return read_statement(statement)
    except StatementFault as fault:
        said = str(_FAULTS[fault.code]) % {"line": fault.line}
        raise wrong(f"statement.{fault.code}", "statement", said) from fault


@transaction.atomic
def _kept(told: Statement, sha256: str, *, actor: Actor, at: datetime) -> BankDay:
    known = BankDay.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    row = BankDay(
        account=told.account[:40],
        day=told.day,
        opening=told.opening,
        closing=told.closing,
        sha256=sha256,
        read_by=actor.ref,
        read_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # a second press of the same button was faster
        return BankDay.objects.get(sha256=sha256)
    BankLine.objects.bulk_create(
        BankLine(
            bank_day=row,
            bank_reference=line.bank_reference[:80],
            kind=line.kind,
            reference=line.reference[:80],
            amount=line.amount,
            text=line.text[:200],
            at=line.at,
        )
        for line in told.lines
    )
    publish(StatementRead(bank_day_id=row.pk, day=row.day), by=actor, at=at)
    return row


def _followed(line: BankLine, at: datetime) -> None:
    """Money that came is received if nobody told us yet; a refund that left is confirmed, one that came back is held
    again; a deposit is known."""
    if line.amount < 0:
        sent = Refund.objects.filter(bank_reference=line.bank_reference, amount=-line.amount).first()
        if sent is not None:
            confirm_refund(refund_id=sent.pk, at=at)
    elif line.kind == "back":  # a transfer of ours returned is no payment; one we do not know stays a listed item
        gone = (
            Refund.objects.filter(bank_reference=line.reference, amount=line.amount).exclude(bank_reference="").first()
        )
        if gone is not None:
            take_back_refund(refund_id=gone.pk, at=at, bank_reference=line.bank_reference)
    else:
        _came(line, at)


@transaction.atomic
def _came(line: BankLine, at: datetime) -> None:
    slip = slip_of(line.bank_reference)
    take_turn(f"bank:{slip}")  # a deposit under this number may be noted at this moment
    if not Deposit.objects.filter(bank_reference=slip).exists():
        receive(
            receipt=BankReceipt(line.kind, line.reference, line.bank_reference, line.amount, line.at, line.text), at=at
        )
