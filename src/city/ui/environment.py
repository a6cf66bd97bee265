"""Jinja2 for every page of the city: translation, addresses, files, icons and the formats of rules/formats.py."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static as hashed_address
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from jinja2 import Environment
from markupsafe import Markup, escape

from city.ui.rules import flow, formats, horizon

FONT = "ui/fonts/inter.woff2"
_RECEIPT = re.compile(r"\b([A-Z]{2,}(?:-[A-Z0-9]+){2,})\b")


def language() -> str:
    """The page's language: `id` unless the reader chose English."""
    return "en" if (translation.get_language() or "id").startswith("en") else "id"


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; an unknown name raises NoReverseMatch, so that no dead link is shipped."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_of_each(name: str) -> Callable[[UUID], str]:
    """For lists: the addresses of a named page by a row's id. The name is looked up once, not once a row."""
    place = UUID(int=0)
    before, after = reverse(name, args=[place]).split(str(place))
    return lambda row_id: f"{before}{row_id}{after}"


def url_or(name: str, otherwise: str = "") -> str:
    """The address of a page that may not be installed (the frame links upper floors by name only)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise


@cache
def static(path: str) -> str:
    """The address of one of our files; looked up once, for the collected folder does not change under a running server.
    Where it lacks the file, its plain address: a page without its looks still says what it has to say, and the error
    page never fails itself."""
    try:
        return hashed_address(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@cache
def icon(name: str, size: str = "") -> Markup:
    """One icon of the sprite, hidden from screen readers: its word stands beside it. `size` is "", "s" or "l"."""
    classes = f"icon {size}".strip()
    return Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>').format(
        classes, static("ui/icons.svg"), name
    )


def now_local() -> datetime:
    """This moment in WIB; for what the page itself shows, never for a decision."""
    return timezone.now().astimezone(formats.WIB)


def working_days(count: int) -> str:
    """`4 hari kerja`, `1 working day`."""
    return translation.ngettext("%(num)s hari kerja", "%(num)s hari kerja", count) % {
        "num": formats.number(count, language())
    }


def breakable(text: str) -> Markup:
    """A long number may break after its slashes and nowhere else: 503/0288/SIPD/DPMPTSP/2026, SPC-PTK-2026-000003."""
    return Markup("/<wbr>").join(_with_whole_receipts(part) for part in str(text).split("/"))


def _with_whole_receipts(text: str) -> Markup:
    pieces = _RECEIPT.split(text)  # every second piece is a number
    return Markup("").join(
        Markup('<span class="nowrap">{}</span>').format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def paragraphs(text: str) -> Markup:
    """People's own words with their line breaks kept and nothing else: the text is escaped."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n"))) for block in blocks
    )


def _in_language(write: Callable[..., str]) -> Callable[..., str]:
    """The format as a filter: the language is the page's own, a missing value shows nothing."""

    def shown(value: Any, *args: Any) -> str:
        return "" if value is None or value == "" else write(value, language(), *args)

    return shown


def environment(**options: Any) -> Environment:
    """The environment that settings.TEMPLATES names for the Jinja2 backend."""
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options.setdefault("autoescape", True)
    env = Environment(**options)  # noqa: S701 - autoescape is on, one line above
    env.add_extension("jinja2.ext.i18n")
    env.add_extension("jinja2.ext.do")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        url=url,
        url_of_each=url_of_each,
        url_or=url_or,
        static=static,
        icon=icon,
        language=language,
        now_local=now_local,
        horizon_of=horizon.drawn,
        flow_of=flow.drawn,
        has_font=finders.find(FONT) is not None,
    )
    env.filters.update({name: _in_language(getattr(formats, name)) for name in formats.__all__})
    env.filters.update(breakable=breakable, working_days=working_days, paragraphs=paragraphs)
    return env
