"""What the demo city's cases say: who asks for what, with which answers and papers, and how far it has come."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from city.operate.demo.cast import EVERYBODY, Somebody, id_of
from city.operate.demo.papers import identity_card, letter, pdf_of
from city.operate.demo.photos import Shot, photo_of, portrait

FILE = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True)
class Story:
    """One case. `began`: sent so many working days ago; `until`: the step it waits for, or its end."""

    key: str
    who: str
    kind: str
    began: int
    until: str
    place: Mapping[str, str] = field(default_factory=dict)
    later: str = ""
    person: Somebody | None = None  # of the crowd; the cast is found by `who`

    @property
    def id(self) -> UUID:
        return id_of(f"case:{self.key}")

    @property
    def applicant(self) -> Somebody:
        return self.person or EVERYBODY[self.who]


def small_city() -> list[Story]:
    return [Story(**row) for row in tomllib.loads(FILE.read_text())["cases"]]


# What answers "which of your practice places is this"; the first three of a doctor.
_ORDER = {"raka-jombang": "1", "raka-citangkil": "2", "ayu-cibeber": "1", "ayu-pulomerak": "2", "ayu-ciwandan": "2"}


def answers_of(story: Story, today: date) -> dict[str, str]:
    """The form filled in; a draft only as far as its first page."""
    made = _FORMS[story.kind](story, today)
    if story.until == "fill":
        return {name: made[name] for name in ("profession", "str_number", "str_kind")}
    return made


def _doctor(story: Story, today: date) -> dict[str, str]:
    one = story.applicant
    return {
        "profession": "general",
        "str_number": f"33.1.1.100.3.26.{one.nik[-4:]}",
        "str_kind": "lifelong",
        "skp_number": f"SKP-{one.nik[-4:]}-2026",
        "place_order": _ORDER.get(story.key, "3"),
        "facility_permit": f"NIB {one.nik[-4:]}000001234",
        "schedule": "Senin dan Rabu, 16.00–20.00",
        "holder_name": one.name,
        "birth_place": "Cilegon",
        "birth_date": one.born.isoformat(),
        "home_address": one.address,
        **story.place,
    }


def _researcher(story: Story, today: date) -> dict[str, str]:
    one, place = story.applicant, dict(story.place)
    ends = today + timedelta(days=int(place.pop("until_days")))
    return {
        "subject": "Kesehatan masyarakat",
        "places": "Puskesmas Jombang dan Cibeber",
        "starts_on": (min(ends, today) - timedelta(days=7)).isoformat(),
        "ends_on": ends.isoformat(),
        "members": "2",
        "institution": "Universitas Contoh Banten",
        "level": "bachelor",
        "letter_number": f"{one.nik[-3:]}/UCB/X/2026",
        "holder_name": one.name,
        "student_number": f"2301{one.nik[-4:]}",
        "home_address": one.address,
        **place,
    }


def _stall(story: Story, today: date) -> dict[str, str]:
    """A kiosk of 12 m² for 90 days, from two weeks on after it was asked for."""
    one, first = story.applicant, today + timedelta(days=16)
    return {
        "place": "main_road",
        "area": "12",
        "purpose": "trade",
        "structure": "light",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=89)).isoformat(),
        "holder_name": one.name,
        "phone": "0811 0000 0001",
        "home_address": one.address,
        **story.place,
    }


def _building(story: Story, today: date) -> dict[str, str]:
    """A simple house of 90 m² on one floor, unless the story says otherwise."""
    one = story.applicant
    return {
        "area": "90",
        "floors": "1",
        "function": "house_small",
        "complexity": "simple",
        "permanence": "permanent",
        "owner": "private",
        "work": "new",
        "holder_name": one.name,
        "phone": "0811 0000 0005",
        "home_address": one.address,
        **story.place,
    }


_FORMS: dict[str, Callable[[Story, date], dict[str, str]]] = {
    "sip_dokter": _doctor,
    "surat_penelitian": _researcher,
    "pemakaian_aset": _stall,
    "pbg": _building,
}


@dataclass(frozen=True)
class Paper:
    """A file as it lies on the applicant's phone."""

    name: str
    content_type: str
    content: bytes


def paper_for(story: Story, document: str) -> Paper:
    """The paper a document asks for: cards and portraits photographed, letters as PDF."""
    one = story.applicant
    if document == "photo":
        return Paper("pasfoto.jpg", "image/jpeg", portrait(story.key))
    if document in ("ktp", "identity"):
        card = identity_card(one.name, one.nik, born=f"Cilegon, {one.born:%d-%m-%Y}", address=one.address)
        return Paper("IMG_20261123_194210.jpg", "image/jpeg", photo_of(card, Shot(1600)))
    if document == "place_letter" and story.until == "correct":
        sheet = letter("PUSKESMAS CITANGKIL", "SURAT KETERANGAN TEMPAT PRAKTIK", one.name)
        return Paper("surat.jpg", "image/jpeg", photo_of(sheet, Shot(1600, shaken=True, dark=True)))
    return Paper(f"{document}.pdf", "application/pdf", pdf_of(letter(*_HEADS[document], one.name, text=[_BODY])))


_BODY = "Surat ini dibuat untuk kota contoh. Isinya karangan dan tidak berlaku di mana pun."
_HEADS = {
    "str": ("KONSIL KESEHATAN INDONESIA (CONTOH)", "SURAT TANDA REGISTRASI"),
    "skp": ("KEMENTERIAN KESEHATAN (CONTOH)", "BUKTI KECUKUPAN SATUAN KREDIT PROFESI"),
    "place_letter": ("TEMPAT PRAKTIK (CONTOH)", "SURAT KETERANGAN TEMPAT PRAKTIK"),
    "campus_letter": ("UNIVERSITAS CONTOH BANTEN", "SURAT PENGANTAR PENELITIAN"),
    "proposal": ("UNIVERSITAS CONTOH BANTEN", "PROPOSAL PENELITIAN"),
    "statement": ("SURAT PERNYATAAN", "BERSEDIA MENAATI ATURAN"),
    "land_title": ("BADAN PERTANAHAN (CONTOH)", "SERTIPIKAT HAK GUNA BANGUNAN"),
    "krk": ("DINAS PEKERJAAN UMUM DAN PENATAAN RUANG (CONTOH)", "KETERANGAN RENCANA KOTA"),
    "environment": ("PERNYATAAN PEMILIK", "KESANGGUPAN MENGELOLA LINGKUNGAN"),
    "architecture": ("PERENCANA CONTOH", "GAMBAR ARSITEKTUR"),
    "structure": ("PERENCANA CONTOH", "PERHITUNGAN STRUKTUR"),
    "mep": ("PERENCANA CONTOH", "GAMBAR MEKANIKAL, ELEKTRIKAL, DAN PERPIPAAN"),
    "planner": ("PERENCANA CONTOH", "DATA PERENCANA"),
    "nib": ("PERIZINAN BERUSAHA BERBASIS RISIKO (CONTOH)", "NOMOR INDUK BERUSAHA"),
    "sketch": ("SKETSA LETAK DAN UKURAN", "KIOS 3 m x 4 m"),
}


def documents_of(names: Iterable[str], story: Story) -> list[str]:
    """A draft has its first paper only."""
    return [name for name in names if story.until != "fill" or name == "ktp"]
