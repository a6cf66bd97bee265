"""What every page is told: the frame around it. Each part is looked up when the layout asks, never before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from city.kernel.http import actor_of
from city.ui import declare
from city.ui.phone.reader import mark_of


@dataclass(frozen=True)
class Link:
    """A place as the layout draws it."""

    code: str
    label: Any
    url: str
    icon: str


def _address(name: str) -> str:
    """The page's address, or nothing when the floor above is not installed."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


class Frame:
    """The layout's view of the request: who reads, where they may go, what is unread, what holds for the whole page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.get_full_path()
        self.doors = next(iter(declare.doors), declare.Doors())

    @cached_property
    def reader(self) -> declare.Reader | None:
        return next((found for ask in declare.readers if (found := ask(self.request))), None)

    @property
    def signed_in(self) -> bool:
        return self.reader is not None or actor_of(self.request).is_person

    @property
    def name(self) -> str:
        return self.reader.name if self.reader else _("Akun saya")

    @property
    def role(self) -> str:
        return self.reader.role if self.reader else ""

    @property
    def office(self) -> str:
        return self.reader.office if self.reader else ""

    @property
    def roles(self) -> list[declare.Role]:
        return list(self.reader.roles) if self.reader else []

    @property
    def mark(self) -> str:
        """Whose things this phone keeps, to its scripts; empty for strangers."""
        return mark_of(self.request)

    @property
    def saves_data(self) -> bool:
        """The reader's phone asks for less: our letters stay behind, the phone's own do."""
        return self.request.headers.get("Save-Data", "").lower() == "on"

    @cached_property
    def unread(self) -> int:
        return sum(count(self.request) for count in declare.unread) if self.signed_in else 0

    @cached_property
    def bars(self) -> list[declare.Bar]:
        demo = declare.Bar(_("Kota contoh: semua orang, izin dan angka di sini karangan."), icon="info", calm=True)
        declared = [bar for ask in declare.bars if (bar := ask(self.request))]
        return ([demo] if settings.DEMO else []) + declared

    def _row(self, where: str) -> list[Link]:
        """The doors of one row that this reader may use, in their order."""
        actor = actor_of(self.request)
        found = []
        for code, place in sorted(declare.places.items(), key=lambda item: item[1].order):
            allowed = (not place.signed_in or self.signed_in) and (not place.permission or actor.may(place.permission))
            if where in place.where and allowed and (url := _address(place.url_name)):
                found.append(Link(code, place.label, url, place.icon))
        return found

    @property
    def nav(self) -> list[Link]:
        return self._row("nav")

    @property
    def desk(self) -> list[Link]:
        return self._row("desk")

    @property
    def tabs(self) -> list[Link]:
        return self._row("tabs")[:4]

    @property
    def account(self) -> list[Link]:
        return self._row("account")

    @property
    def foot(self) -> list[Link]:
        return self._row("foot")

    @property
    def sign_in_url(self) -> str:
        return _address(self.doors.sign_in)

    @property
    def sign_out_url(self) -> str:
        return _address(self.doors.sign_out)

    @property
    def role_url(self) -> str:
        return _address(self.doors.choose_role)

    @property
    def role_field(self) -> str:
        return self.doors.role_field

    @property
    def inbox_url(self) -> str:
        return _address(self.doors.inbox) if self.signed_in else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for the layouts."""
    return {"frame": Frame(request)}
