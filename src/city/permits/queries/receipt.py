"""The receipt of an application, to be printed or kept."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from city.cases.models import Case
from city.cases.queries import spec_of
from city.people.queries import masked_nik
from city.permits.queries.case_page import desk_of
from city.ui.qr import qr_svg


def receipt_page(case: Case, at: datetime) -> dict[str, Any]:
    """The number, whose it is, and a code that opens the public tracking page."""
    address = f"{settings.PUBLIC_URL}{reverse('permits-track')}?{urlencode({'nomor': case.receipt})}"
    return {
        "case": case,
        "spec": spec_of(case.kind_version_id),
        "name": case.applicant.name,
        "nik": masked_nik(case.applicant_id),
        "address": address,
        "qr": qr_svg(address),
        "desk": desk_of(case.agency, at),
    }
