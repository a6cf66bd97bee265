"""The one line this process holds to the city's bank, opened when first needed."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from city.billing.declare import BankUnreachable
from city.gateway.agencies.bank.client import Line
from city.gateway.agencies.bank.options import Agreement, agreement_in

_agreed: dict[Path, Agreement] = {}
_open: dict[str, Line] = {}


def agreement() -> Agreement | None:
    """What was agreed with the bank, or None where nothing was yet. Read once: a new contract needs a new start."""
    folder = settings.KEYS / "bank"
    if folder not in _agreed and (found := agreement_in(folder)):
        _agreed[folder] = found
    return _agreed.get(folder)


def the_line() -> Line:
    """Raises BankUnreachable while the bank has not left its contract here (the demo bank does so when it starts)."""
    line = _open.get(settings.BANK_URL)
    if line is None:
        found = agreement()
        if found is None:
            raise BankUnreachable(_("Bank belum tersambung. Coba lagi sebentar lagi, atau bayar di loket."))
        line = _open.setdefault(settings.BANK_URL, Line(found, settings.BANK_URL))
    return line
