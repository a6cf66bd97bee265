"""One-time codes: they prove that an address is yours before anything is done with it.

The code goes through the message port, never into an event or a row; the row keeps its fingerprint. Whether or not an
address has an account, the answer on the page is the same; who really owns the address reads the difference there.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.errors import FieldError, Refusal
from city.kernel.keyring import blind_index, unwrap, wrap
from city.kernel.messages import NotCarried, carry
from city.people import rules
from city.people.actions import letters, tally
from city.people.actions.account import account_at
from city.people.models import Account, Code

SIGN_UP, RESET, CHANGE = "sign-up", "reset", "change"
LASTS = timedelta(minutes=15)
PAUSE = timedelta(seconds=30)  # between two sendings: an SMS takes that long on a bad evening
TRIES, SENDINGS = 5, 4
PER_ADDRESS, PER_NETWORK, SPAN = 6, 60, timedelta(hours=1)  # mobile operators here put many phones behind one address

STALE = _("Kode ini tidak berlaku lagi. Minta kode baru.")


@dataclass(frozen=True)
class Ask:
    """What the code is for, and where to. `account` is whose address changes; `network` is the asker's IP address."""

    code_id: UUID
    purpose: str
    address: str
    language: str = "id"
    facts: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    network: str = ""


def may_sign_in(account: Account | None) -> bool:
    """An open account; the demo city's accounts only in the demo city."""
    return account is not None and account.is_active and (settings.DEMO or not account.is_demo)


def normal_address(text: str) -> tuple[str, str]:
    """Channel and address as kept: ("email", "raka@contoh.id"), ("sms", "+62812…"). Raises Refusal 422."""
    email = rules.normal_email(text)
    if "@" in email:
        try:
            validate_email(email)
        except ValidationError:
            email = ""
        if email and len(email) <= 254:
            return "email", email
    elif phone := rules.normal_phone(text):
        return "sms", phone
    sentence = _("Alamat ini tidak lengkap. Contoh: 0812-3456-7890 atau nama@contoh.id.")
    raise Refusal("address.invalid", sentence, status=422, errors=[FieldError("address", sentence)])


def _wanted(ask: Ask, known: Account | None) -> bool:
    """Whether the owner of this address gets a code, or only a word of explanation."""
    if ask.purpose == RESET:
        return may_sign_in(known)
    return known is None


def send_code(*, ask: Ask, at: datetime) -> Code:
    """Send a code and remember what for; the same id twice sends once.

    Raises Refusal 422 for an address that is none, 429 when too many codes were asked for, 503 when it cannot be sent.
    Call it outside a transaction.
    """
    channel, address = normal_address(ask.address)
    if (again := Code.objects.filter(pk=ask.code_id).first()) is not None:
        return again
    _limit(address, ask.network, at)
    known = account_at(address)
    secret = _new_secret() if _wanted(ask, known) else ""
    row = Code(
        id=ask.code_id,
        purpose=ask.purpose,
        channel=channel,
        address=address,
        account=known if ask.purpose == RESET and secret else ask.account,
        digest=_digest(ask.code_id, secret) if secret else "",
        facts=_sealed(ask.code_id, ask.facts),
        language=ask.language,
        sent_at=at,
        expires_at=at + LASTS,
    )
    row.save(force_insert=True)
    try:
        _carry(row, secret, known)
    except Refusal:
        row.delete()  # the same form may be sent again
        raise
    return row


def send_again(*, code_id: UUID, at: datetime) -> Code:
    """A new code to the same address; the old one stops working. Raises Refusal 409 too soon, too often or too late."""
    with transaction.atomic():
        row = _locked(code_id, at)
        if row.sent_at + PAUSE > at:
            raise Refusal("code.too_soon", _("Kode baru saja dikirim. Tunggu setengah menit sebelum minta lagi."))
        if row.sent >= SENDINGS:
            raise Refusal("code.too_often", _("Kode sudah dikirim 4 kali. Mulai lagi dengan alamat lain."))
        secret = _new_secret() if row.digest else ""
        row.digest = _digest(row.pk, secret) if secret else ""
        row.sent, row.sent_at = row.sent + 1, at
        row.save(update_fields=["digest", "sent", "sent_at"])
    if secret:
        _carry(row, secret, row.account)
    return row


def confirm_code(*, code_id: UUID, typed: str, at: datetime) -> Code:
    """The address is proven. Raises Refusal 422 for a wrong code (five tries), 409 when it is stale or used."""
    with transaction.atomic():
        row = _locked(code_id, at)
        right = _is_right(row, typed)
        row.tries += 1
        if right:
            row.confirmed_at = at
        row.save(update_fields=["tries", "confirmed_at"])
    if not right:
        left = TRIES - row.tries
        sentence = _("Kode tidak cocok. Sisa %(left)s kali coba.") % {"left": left} if left else STALE
        raise Refusal("code.wrong", sentence, status=422, errors=[FieldError("code", sentence)])
    return row


def facts_of(row: Code) -> dict[str, str]:
    """What was typed before the address was proven; {} when nothing was."""
    if row.facts is None:
        return {}
    facts: dict[str, str] = json.loads(unwrap(bytes(row.facts), about=f"people_code:{row.pk}"))
    return facts


def take(code_id: UUID, purpose: str, at: datetime) -> Code:
    """Inside a transaction: a confirmed code, used now and never again. Raises Refusal 409."""
    row = Code.objects.select_for_update(of=("self",)).filter(pk=code_id, purpose=purpose).first()
    if row is None or row.confirmed_at is None or row.used_at is not None or row.confirmed_at + LASTS <= at:
        raise Refusal("code.stale", STALE)
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row


def forget_codes_before(moment: datetime) -> int:
    """Drop codes that ended before a moment, with what was typed beside them; returns how many."""
    return Code.objects.filter(expires_at__lt=moment).delete()[0]


def _locked(code_id: UUID, at: datetime) -> Code:
    row = Code.objects.select_for_update(of=("self",)).filter(pk=code_id).first()
    stale = row is None or row.expires_at <= at or row.used_at or row.tries >= TRIES
    if row is None or stale:
        raise Refusal("code.stale", STALE)
    return row


def _limit(address: str, network: str, at: datetime) -> None:
    allowed = tally.count(tally.key_of("code", address), limit=PER_ADDRESS, span=SPAN, at=at)
    if network:
        allowed &= tally.count(tally.key_of("codes-from", network), limit=PER_NETWORK, span=SPAN, at=at)
    if not allowed:
        raise Refusal("code.too_many", _("Terlalu banyak kode diminta. Coba lagi satu jam lagi."), status=429)


def _new_secret() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _digest(code_id: UUID, secret: str) -> str:
    return blind_index(f"{code_id}:{secret}", purpose="code")


def _is_right(row: Code, typed: str) -> bool:
    digits = "".join(c for c in rules.digits_of(typed) if c.isdigit())
    return bool(row.digest) and compare_digest(row.digest, _digest(row.pk, digits))


def _sealed(code_id: UUID, facts: Mapping[str, str]) -> bytes | None:
    return wrap(json.dumps(dict(facts)).encode(), about=f"people_code:{code_id}") if facts else None


def _carry(row: Code, secret: str, known: Account | None) -> None:
    try:
        carry(letters.with_code(row, secret) if secret else letters.without_code(row, known))
    except NotCarried as error:
        sentence = _("Kode belum bisa kami kirim ke alamat ini. Pakai surel, atau coba lagi beberapa menit lagi.")
        raise Refusal("code.not_carried", sentence, status=503) from error
