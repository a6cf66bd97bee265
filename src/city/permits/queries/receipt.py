"""The receipt of an application, to be printed or kept."""

from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse
from markupsafe import Markup

from city.cases.models import Case
from city.cases.queries import spec_of
from city.people.queries import masked_nik
from city.permits.queries.case_page import desk_of


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


def qr_svg(text: str) -> Markup:
    """The text as a QR drawing for the page itself: no file, no inline style."""
    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2, scale=4, omitsize=False)
    return Markup(out.getvalue().decode())  # noqa: S704 (segno's own drawing; the text is in its modules, not its markup)
