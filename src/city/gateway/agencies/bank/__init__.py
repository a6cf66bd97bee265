"""The city's bank by SNAP BI: QRIS, virtual accounts, inquiry, statement, money back. Registered where one is named."""

from django.conf import settings

from city.billing.declare import BANKS
from city.gateway.agencies.bank.line import agreement, the_line
from city.gateway.agencies.bank.snap import SnapBank

if settings.BANK_URL:
    _found = agreement()  # the demo bank leaves its contract when it starts, which may be later than this
    BANKS.add("snap", SnapBank(the_line, simulated=_found is None or _found.contract.simulated))
