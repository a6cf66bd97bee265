"""What is new for everybody, from the city's own rows: days on which the offices rest and deadlines wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from city.kernel.queries import days_off, working_calendar
from city.portal.rules import runs_of
from city.ui.rules.formats import date_day, date_long

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class News:
    """One thing to know. `day` is when it was or will be; `urgent` stands in a box of its own."""

    words: str
    note: str
    day: date
    urgent: bool = False


def news(today: date) -> list[News]:
    """What holds today, then the absences to come within two months."""
    calendar = working_calendar()
    rows = {row.day: row for row in days_off(today, today + AHEAD) if row.day.weekday() < 5}
    told = []
    if not calendar.counts(today):
        opens = _in_words([calendar.next_after(today)], with_weekday=True)
        words = _("Hari ini kantor tutup")
        note = _("Permohonan tetap bisa dikirim. Petugas membukanya mulai %(day)s.") % {"day": opens}
        told.append(News(words, note, today, urgent=True))
    for run in runs_of([day for day in rows if day > today]):
        names = ", ".join(dict.fromkeys(rows[day].name for day in run))
        told.append(News(_closed(run), _moved(names, all(rows[day].confirmed for day in run)), run[0]))
    return told


def _closed(run: Sequence[date]) -> str:
    words = ngettext(
        "Kantor tutup %(days)s. Batas waktu izin ikut bergeser %(count)s hari kerja.",
        "Kantor tutup %(days)s. Batas waktu izin ikut bergeser %(count)s hari kerja.",
        len(run),
    )
    return words % {"days": _in_words(run), "count": len(run)}


def _moved(names: str, confirmed: bool) -> str:
    return names if confirmed else _("%(names)s. Tanggal perkiraan, belum ditetapkan.") % {"names": names}


def _in_words(days: Sequence[date], *, with_weekday: bool = False) -> str:
    """ "24 dan 25 Desember 2026"; a month and year said once where they are the same."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    if with_weekday:
        return date_day(days[0], language)
    same = {(day.year, day.month) for day in days} == {(days[0].year, days[0].month)}
    parts = [str(day.day) for day in days[:-1]] if same else [date_long(day, language) for day in days[:-1]]
    last = date_long(days[-1], language)
    return last if not parts else _("%(first)s dan %(last)s") % {"first": ", ".join(parts), "last": last}
