"""What may be sent: known before the file is chosen, checked before a byte is sent, and again at every byte."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from city.documents.rules.contents import KNOWN, UNKNOWN, type_by_name
from city.documents.rules.reasons import Reason

Self = TypeVar("Self", bound="Limits")


@dataclass(frozen=True)
class Limits:
    """The bounds of one upload. Sizes in bytes, pictures in pixels (0: no bound)."""

    types: tuple[str, ...] = ("image/jpeg", "image/png", "application/pdf")
    max_bytes: int = 10_000_000
    keep_location: bool = False
    min_width: int = 0
    min_height: int = 0
    max_pages: int = 300

    @property
    def accept(self) -> str:
        """For the `accept` attribute of a file field."""
        return ",".join(self.types)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "types": list(self.types)}

    @classmethod
    def from_json(cls: type[Self], data: Mapping[str, Any]) -> Self:
        """Reads what as_json wrote, also in an older or newer city: unknown names fall away, missing ones default."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in data.items() if name in known}
        if "types" in values:
            values["types"] = tuple(values["types"])
        return cls(**values)


def errors_in_offer(name: str, size: int, declared_type: str, limits: Limits) -> Reason | None:
    """Why a file that was only announced cannot be taken. A wrong name alone is no reason: content decides later."""
    if size <= 0:
        return Reason("file.empty")
    if size > limits.max_bytes:
        return Reason("file.too_large", {"size": size, "limit": limits.max_bytes})
    announced = declared_type if declared_type in KNOWN else type_by_name(name)
    if announced != UNKNOWN and KNOWN[announced].refused:
        return errors_in_type(announced, limits)
    return None


def errors_in_type(content_type: str, limits: Limits) -> Reason | None:
    """Why content of this type cannot be taken."""
    if content_type in limits.types:
        return None
    known = KNOWN.get(content_type)
    allowed = list(limits.types)
    if known is None:
        return Reason("file.unknown", {"allowed": allowed})
    return Reason(known.refused or "file.type", {"kind": known.word, "allowed": allowed})
