"""The days on which no office works, from the `holidays` package (Indonesia: public holidays and collective leave)."""

from importlib.metadata import version

import holidays
from holidays import GOVERNMENT, PUBLIC

from city.kernel.models import Holiday

YEARS = (2026, 2027)
ESTIMATE = "(perkiraan)"  # how the package marks a lunar date that no decree has fixed yet
WHAT = {PUBLIC: "libur nasional", GOVERNMENT: "cuti bersama"}


def place_holidays() -> int:
    """Bring the calendar up to the package's; returns how many days it has.

    2026 agrees with that year's joint decree (SKB tiga menteri): 17 holidays and 8 days of collective leave. A date the
    package calls an estimate is kept as unconfirmed, and a deadline counted over it says so.
    """
    count = 0
    for year in YEARS:
        for category, what in WHAT.items():
            for day, name in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items():
                Holiday.objects.update_or_create(
                    day=day,
                    defaults={
                        "name": name.replace(ESTIMATE, "").strip(),
                        "source": f"SKB tiga menteri {year}, {what}; pustaka holidays {version('holidays')}",
                        "confirmed": ESTIMATE not in name,
                    },
                )
                count += 1
    return count
