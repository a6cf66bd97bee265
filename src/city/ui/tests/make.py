"""Pages and parts rendered for tests, as a page of the city would render them."""

from typing import Any

from django.template import engines
from django.utils import translation


def rendered(source: str, language: str = "id", **context: Any) -> str:
    """The source as Jinja2 renders it, in the given language, without a request and without a database."""
    with translation.override(language):
        return str(engines["jinja2"].from_string(source).render(context))


def part(family: str, call: str, language: str = "id", **context: Any) -> str:
    """One macro of parts/<family>.html, called as a page calls it."""
    return rendered(f'{{% import "ui/parts/{family}.html" as p %}}{{{{ p.{call} }}}}', language, **context)
