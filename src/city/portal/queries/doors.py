"""The ways into what really exists, counted from the shelf of kinds, and how much of the plan that is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from city.cases.declare import HERE
from city.permits.queries import services

CATALOGUE = Path(__file__).parent.parent / "catalogue.toml"
GROUPS: dict[str, tuple[Any, str]] = {
    "business": (_("Usaha dan investasi"), "factory"),
    "building": (_("Bangunan"), "building"),
    "land": (_("Lahan dan aset kota"), "land"),
    "health": (_("Kesehatan"), "health"),
    "school": (_("Sekolah dan penelitian"), "school"),
    "transport": (_("Jalan dan angkutan"), "bus"),
    "environment": (_("Lingkungan"), "leaf"),
}
OTHER = (_("Layanan lain"), "services")


@dataclass(frozen=True)
class Door:
    """A group of services: its name, the services in it in words, how many, and the one page if it is one alone."""

    title: Any
    icon: str
    words: str
    count: int
    kind: str


@dataclass(frozen=True)
class Planned:
    """A kind the city means to offer. `national` names the state's system that issues it; "" where the city does."""

    code: str
    name: Mapping[str, str]
    national: str
    words: str

    @property
    def title(self) -> str:
        return self.name["en" if (get_language() or "id").startswith("en") else "id"]


@dataclass(frozen=True)
class Share:
    """How many of the planned kinds can be done whole here, are issued in a national system, or are not online yet."""

    full: int
    national: int
    missing: int

    @property
    def total(self) -> int:
        return self.full + self.national + self.missing


@lru_cache(maxsize=1)
def planned() -> tuple[Planned, ...]:
    rows = tomllib.loads(CATALOGUE.read_text())["kinds"]
    return tuple(Planned(row["code"], row["name"], row.get("national", ""), row["words"]) for row in rows)


def doors() -> list[Door]:
    """One door per group that has a service, the fullest first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in services():
        groups.setdefault(service.parts.group, []).append((service.code, str(service.spec.name)))
    made = []
    for group, members in groups.items():
        title, icon = GROUPS.get(group, OTHER)
        only = members[0][0] if len(members) == 1 else ""
        made.append(Door(title, icon, ", ".join(name for _code, name in members), len(members), only))
    return sorted(made, key=lambda door: (-door.count, str(door.title)))


def share() -> Share:
    here = {service.code for service in services() if service.spec.issuing_system() == HERE}
    full = sum(1 for kind in planned() if kind.code in here) + len(here - {kind.code for kind in planned()})
    elsewhere = [kind for kind in planned() if kind.code not in here]
    national = sum(1 for kind in elsewhere if kind.national)
    return Share(full, national, len(elsewhere) - national)
