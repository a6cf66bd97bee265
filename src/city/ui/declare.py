"""The shelves of the frame: upper floors put doors, the reader's name, unread counts and bars here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from city.kernel.registry import Registry


@dataclass(frozen=True)
class Place:
    """A door in the frame. `url_name` is a page without arguments; `order` sorts, smaller first.

    `where` names the rows it stands in: nav (public), desk (officials), tabs (phones, four at most), account, foot.
    `signed_in` hides it from strangers; `permission` from roles without it. `icon` is needed in tabs alone.
    """

    label: Any  # a lazy translation
    url_name: str
    where: frozenset[str]
    order: int = 50
    icon: str = ""
    signed_in: bool = False
    permission: str = ""


def place_at(address: str) -> Place | None:
    """The door behind which an address of ours lies: the one with the longest beginning in common."""
    found: tuple[int, Place | None] = (1, None)
    for _code, place in places.items():
        try:
            start = reverse(place.url_name)
        except NoReverseMatch:
            continue
        if address.startswith(start) and len(start) > found[0]:
            found = len(start), place
    return found[1]


@dataclass(frozen=True)
class Role:
    """One way the reader may act: for herself, for a firm, in an office. `value` is what the form sends."""

    value: str
    label: str
    note: str = ""
    current: bool = False


@dataclass(frozen=True)
class Reader:
    """Who looks at the page. `role` words the present role, `office` names it in the officials' header."""

    name: str
    role: str = ""
    office: str = ""
    roles: Sequence[Role] = ()


@dataclass(frozen=True)
class Bar:
    """A condition of the whole page, in words: read-only, a payment channel at rest. `calm` is for lasting ones."""

    words: Any
    icon: str = "info"
    url: str = ""
    link: Any = ""
    calm: bool = False


@dataclass(frozen=True)
class Doors:
    """Names of the pages the frame itself links to; a name without a page draws no link.

    `choose_role` is posted `role_field` (a Role's value) and `next` (the page to come back to).
    """

    sign_in: str = "account_login"
    sign_out: str = "account_logout"
    choose_role: str = "account-persona"
    role_field: str = "appointment"
    inbox: str = "notices-inbox"


places: Registry[Place] = Registry("place in the frame")
readers: Registry[Callable[[HttpRequest], Reader | None]] = Registry("reader")
unread: Registry[Callable[[HttpRequest], int]] = Registry("unread count")
bars: Registry[Callable[[HttpRequest], Bar | None]] = Registry("bar")
doors: Registry[Doors] = Registry("doors")
