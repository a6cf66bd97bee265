"""The catalogue: which kinds there are, in the words their folders bring."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from city.cases.declare import KINDS, KindSpec
from city.kernel.errors import Refusal
from city.permits.declare import PermitParts, parts_of, rules_of


@dataclass(frozen=True)
class CatalogueEntry:
    """One kind as its public page shows it. `fee` is in rupiah, worked out before anything is answered."""

    spec: KindSpec
    parts: PermitParts
    fee: int

    @property
    def code(self) -> str:
        return self.spec.code


def entry_of(spec: KindSpec) -> CatalogueEntry:
    return CatalogueEntry(spec, parts_of(spec), rules_of(spec).fee_for({}))


def services() -> list[CatalogueEntry]:
    """Every kind on the shelf that brings a permit's parts, by code."""
    return [entry_of(kind.spec) for _code, kind in KINDS.items() if "product" in kind.spec.parts]


def kind_called(code: str) -> CatalogueEntry:
    """Raises Refusal (404) for a kind that this city does not have."""
    kind = KINDS.get(code)
    if kind is None or "product" not in kind.spec.parts:
        raise Refusal("kind.unknown", _("Layanan ini tidak ada. Lihat daftar layanan perizinan."), status=404)
    return entry_of(kind.spec)
