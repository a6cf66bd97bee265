"""The demo city's people, offices and agencies, read from cast.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

PASSWORD = "kota-pintar-demo"  # noqa: S105 - printed at every start; accounts of the demo city work nowhere else
PASSPHRASE = "tanda-tangan-demo"  # noqa: S105 - of the signers' demo certificates
_NAMES = UUID("6b9f2a54-5d0e-5b57-9d3b-0f6c1f3f7a10")
_DATA: dict[str, list[dict[str, Any]]] = tomllib.loads(Path(__file__).with_name("cast.toml").read_text())


def id_of(what: str) -> UUID:
    """The same thing has the same id in every demo city, so that loading twice makes it once."""
    return uuid5(_NAMES, what)


@dataclass(frozen=True)
class Opd:
    """An agency with its letterhead."""

    code: str
    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class Post:
    """An office: its code, its title under a signature, its agency, what its holder may do."""

    code: str
    title: str
    agency: str
    may: tuple[str, ...]


@dataclass(frozen=True)
class Somebody:
    """One of the cast. `part` says in a few words what she is there for; without `sign_in` she has no account."""

    key: str
    name: str
    part: str
    nik: str
    born: date
    address: str
    sign_in: str = ""
    post: str = ""

    @property
    def id(self) -> UUID:
        return id_of(f"person:{self.key}")


def _opd(place: int, row: dict[str, str]) -> Opd:
    return Opd(row["code"], row["name"], f"Jalan Contoh Raya Nomor {place}, Kota Cilegon", f"(0254) 000{place:03d}")


def _somebody(row: dict[str, Any]) -> Somebody:
    """A woman's day of birth is written plus 40 in her NIK (Perpres 26/2009)."""
    sex, number, born = row.pop("sex"), row.pop("number"), row["born"]
    nik = f"367299{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}{number:04d}"
    return Somebody(nik=nik, **row)


AGENCIES = tuple(_opd(place, row) for place, row in enumerate(_DATA["agencies"], 1))
POSTS = tuple(Post(**{**row, "may": tuple(row["may"])}) for row in _DATA["posts"])
EVERYBODY = {row["key"]: _somebody(dict(row)) for row in _DATA["people"]}
