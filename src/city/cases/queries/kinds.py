"""Kinds as running cases know them."""

from functools import lru_cache
from importlib import import_module
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from city.cases.declare import KINDS, Kind, KindRules, KindSpec, spec_from
from city.cases.models import KindVersion
from city.kernel.errors import Refusal


@lru_cache(maxsize=256)
def spec_of(version: str) -> KindSpec:
    """The kind as a version (by its hash) froze it; read once in each server process, since a version never changes."""
    content: dict[str, Any] = KindVersion.objects.values_list("content", flat=True).get(pk=version)
    return spec_from(content)


def rules_of(spec: KindSpec) -> KindRules:
    """The kind's own checks and fee, in the module its version names; ValueError for a module not of the city."""
    if not spec.rules.startswith("city."):
        raise ValueError(f"{spec.rules} is no module of the city")
    return cast(KindRules, import_module(spec.rules))


def kind_on_shelf(code: str) -> Kind:
    """Refuses (404) a code that no folder declares."""
    kind = KINDS.get(code)
    if kind is None:
        raise Refusal("kind.unknown", _("Layanan ini tidak ada. Pilih dari daftar layanan."), status=404)
    return kind
