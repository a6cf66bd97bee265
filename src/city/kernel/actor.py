"""Who acts. Every action is told; nothing is done by nobody."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.kernel.errors import Refusal


@dataclass(frozen=True)
class Actor:
    """A person, in one of her roles, or the system itself.

    `ref` is what events keep ("person:<uuid>", "system:clock", "nobody"): an id, never a name.
    `permissions` are the verbs this role may do ("permits.review"); a citizen for herself has none.
    `mandate_id` is set while she acts for another who gave her that mandate.
    """

    ref: str
    person_id: UUID | None = None
    appointment_id: UUID | None = None
    agency: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    mandate_id: UUID | None = None

    @property
    def is_person(self) -> bool:
        return self.person_id is not None

    @property
    def is_official(self) -> bool:
        return self.appointment_id is not None

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise Refusal (403) unless this role holds the permission."""
        if permission not in self.permissions:
            raise Refusal(
                "actor.not_permitted",
                _("Halaman ini bukan bagian tugas Anda. Ganti peran di menu akun, atau minta rekan yang berwenang."),
                status=403,
            )


NOBODY = Actor(ref="nobody")


def system(part: str) -> Actor:
    """The city acting by itself: the clock, a job. It holds no permission and signs nothing as an official."""
    return Actor(ref=f"system:{part}")
