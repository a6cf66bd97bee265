"""One question to the city: a service, a receipt number, the code of a permit, or one of my own cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from city.permits.queries import CatalogueEntry, answer_on, own_cases, permit_address, services, tracked
from city.permits.queries.mine import Errand
from city.portal.queries.doors import Planned, planned
from city.portal.rules import score

MOST = 8


@dataclass(frozen=True)
class Found:
    """What answers a query. `receipt` is a number exactly; `permit` the number and address of a permit by its code."""

    services: list[CatalogueEntry]
    elsewhere: list[Planned]
    mine: list[Errand]
    receipt: str = ""
    permit: tuple[str, str] | None = None

    @property
    def count(self) -> int:
        exact = bool(self.receipt) + bool(self.permit)
        return len(self.services) + len(self.elsewhere) + len(self.mine) + exact


def found(query: str, person_id: UUID | None, at: datetime) -> Found:
    """Everything that answers; a foreign case is found by its whole receipt number alone, and shows no person."""
    case, answer = tracked(query, at), answer_on(query, at)
    permit = answer.shown.permit if answer else None
    return Found(
        services=_services(query),
        elsewhere=_elsewhere(query, {service.code for service in services()}),
        mine=_mine(query, person_id, at) if person_id else [],
        receipt=case.receipt if case else "",
        permit=(permit.number, permit_address(permit)) if permit else None,
    )


def _services(query: str) -> list[CatalogueEntry]:
    words = {kind.code: kind.words for kind in planned()}

    def fit(service: CatalogueEntry) -> int:
        spec, parts = service.spec, service.parts
        names = f"{spec.name.id} {spec.name.en} {parts.long_name.id} {parts.long_name.en}"
        return score(query, names, words.get(service.code, ""), f"{parts.summary.id} {parts.summary.en}")

    ranked = sorted(((fit(service), service) for service in services()), key=lambda pair: -pair[0])
    return [service for points, service in ranked if points][:MOST]


def _elsewhere(query: str, here: set[str]) -> list[Planned]:
    ranked = [(score(query, f"{k.name['id']} {k.name['en']}", k.words), k) for k in planned() if k.code not in here]
    return [kind for points, kind in sorted(ranked, key=lambda pair: -pair[0]) if points][:MOST]


def _mine(query: str, person_id: UUID, at: datetime) -> list[Errand]:
    return [row for row in own_cases(person_id, "", at).rows if score(query, row.title)][:MOST]
