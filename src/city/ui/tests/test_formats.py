"""How money, days, times and sizes are written, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from city.ui.rules import formats

NBSP = "\u00a0"
NIGHT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # half past midnight on the 24th in Cilegon


@pytest.mark.parametrize(
    ("write", "value", "indonesian", "english"),
    [
        (formats.rupiah, 1_250_000, "Rp1.250.000", "Rp1,250,000"),
        (formats.rupiah, 0, "Rp0", "Rp0"),
        (formats.rupiah, -42_000, "(Rp42.000)", "(Rp42,000)"),
        (formats.rupiah, Decimal("1620.50"), "Rp1.620,50", "Rp1,620.50"),
        (formats.rupiah, Decimal("1620.00"), "Rp1.620", "Rp1,620"),
        (formats.number, 1234.5, "1.234,5", "1,234.5"),
        (formats.date_long, date(2026, 11, 24), "24 November 2026", "24 November 2026"),
        (formats.date_long, NIGHT, "24 November 2026", "24 November 2026"),
        (formats.date_day, date(2026, 12, 4), "Jumat, 4 Desember 2026", "Friday, 4 December 2026"),
        (formats.date_short, date(2026, 8, 17), "17 Agu", "17 Aug"),
        (formats.month_long, date(2026, 5, 1), "Mei 2026", "May 2026"),
        (formats.clock, NIGHT, "00.30", "00:30"),
        (formats.time_wib, NIGHT, f"00.30{NBSP}WIB", f"00:30{NBSP}WIB"),
        (formats.datetime_long, NIGHT, f"24 November 2026, 00.30{NBSP}WIB", f"24 November 2026, 00:30{NBSP}WIB"),
        (formats.bytes_size, 2_500_000, f"2,5{NBSP}MB", f"2.5{NBSP}MB"),
        (formats.bytes_size, 10_000_000, f"10{NBSP}MB", f"10{NBSP}MB"),
        (formats.bytes_size, 412_300, f"412{NBSP}kB", f"412{NBSP}kB"),
        (formats.bytes_size, 0, f"0{NBSP}byte", f"0{NBSP}byte"),
    ],
)
def test_a_value_is_written_as_people_write_it(write: Any, value: Any, indonesian: str, english: str) -> None:
    assert write(value, "id") == indonesian
    assert write(value, "en") == english
