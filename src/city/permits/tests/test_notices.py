"""What a notice about a case keeps, and how it reads."""

from datetime import date

from city.notices.queries import worded
from city.permits.declare.notices import facts_of


def test_nought_days_left_is_said() -> None:
    """On the last day, or when the worker was away over it, the warning counts nought; it must still read and leave."""
    facts = facts_of(kind="sip_dokter", receipt="SPC-SIPD-2026-000123", left=0)
    assert facts["left"] == "0"
    assert worded("case.warned", facts, "id").title == "Sisa 0 hari kerja sampai batas keputusan"


def test_what_is_unknown_is_left_out() -> None:
    assert facts_of(kind="sip_dokter", receipt=None, number="", day=date(2026, 11, 24)) == {
        "kind": "sip_dokter",
        "day": "2026-11-24",
    }
