"""The whole demo city: a year of other people's cases, so that queues, lists and comparisons have something in them."""

from datetime import date, timedelta

from city.operate.demo.cast import Somebody
from city.operate.demo.stories import Story

PEOPLE = 60
FIRST = ("Adi", "Bunga", "Cahya", "Dian", "Eko", "Fitri", "Galih", "Hesti", "Indra", "Juwita", "Krisna", "Lestari")
LAST = ("Ananda", "Basuki", "Damayanti", "Firmansyah", "Gunadi", "Hartono", "Irawan", "Kusuma", "Maheswari", "Nugraha")
PLACES = (
    ("Klinik Contoh Sukmajaya", "clinic", "Jombang/Sukmajaya"),
    ("RS Contoh Merak", "hospital", "Pulomerak/Lebakgede"),
    ("Puskesmas Ciwandan", "puskesmas", "Ciwandan/Kubangsari"),
    ("Praktik Mandiri Kotabumi", "own", "Purwakarta/Kotabumi"),
    ("Klinik Contoh Kedaleman", "clinic", "Cibeber/Kedaleman"),
)
TOPICS = ("Antrean layanan", "Sampah pesisir", "Gizi anak sekolah", "Lalu lintas pelabuhan", "Usaha kecil di pasar")
# How far the newest cases have come, over and over; older ones are done.
RUNNING = ("verify", "examine", "review", "draft_decision", "initial_1", "sign", "verify", "review", "fill")
DAYS = {"fill": 0, "verify": 0, "examine": 1, "review": 2, "draft_decision": 2, "initial_1": 3, "sign": 3}


def crowd() -> list[Story]:
    """Two cases each for sixty people: an old one that is done, and one that runs, was refused, or is done too."""
    return [_old(_person(n), n) for n in range(PEOPLE)] + [_new(_person(n), n) for n in range(PEOPLE)]


def _person(n: int) -> Somebody:
    """Every second one is a doctor. No account: nobody signs in as one of the crowd."""
    name = f"{FIRST[n % len(FIRST)]} {LAST[(n * 7) % len(LAST)]}"
    born = date(1970, 1, 5) + timedelta(days=n * 173)
    return Somebody(
        key=f"crowd-{n:03d}",
        name=f"dr. {name}" if n % 2 else name,
        part="",
        nik=f"367299{born:%d%m%y}{n + 7001:04d}",
        born=born,
        address=f"Jalan Contoh Anggrek {n + 1}, Kota Cilegon",
    )


def _old(one: Somebody, n: int) -> Story:
    return _story(one, n, began=25 + n * 3, until="issued", what="old")


def _new(one: Somebody, n: int) -> Story:
    if n % 3 == 2:
        refused = n % 2 == 0  # of the research letters
        return _story(one, n, began=6 + n % 15, until="rejected" if refused else "issued", what="new")
    until = RUNNING[n % len(RUNNING)]
    return _story(one, n, began=DAYS[until], until=until, what="new")


def _story(one: Somebody, n: int, *, began: int, until: str, what: str) -> Story:
    key = f"{one.key}-{what}"
    if n % 2:
        name, kind, ward = PLACES[(n + len(what)) % len(PLACES)]
        place = {
            "facility_name": name,
            "facility_type": kind,
            "kelurahan": ward,
            "facility_address": f"Jalan Contoh Kamboja {n + 1}",
        }
        return Story(key, one.key, "sip_dokter", began, until, place, person=one)
    place = {"title": f"{TOPICS[n % len(TOPICS)]}, bagian {n + 1}", "until_days": str(20 + n)}
    return Story(key, one.key, "surat_penelitian", began, until, place, person=one)
