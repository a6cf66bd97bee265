"""A page as somebody reads it: its words, and its forms with what stands in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

UNSEEN = {"script", "style", "template"}


@dataclass
class Form:
    """One form: where it goes, and what it sends when its button is pressed without touching anything."""

    action: str
    values: dict[str, Any] = field(default_factory=dict)


def _all(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


class Page(HTMLParser):
    """`words` is the text in one line of single spaces; `forms` stand in the page's order; `at` is its address."""

    def __init__(self, html: str, at: str = "") -> None:
        super().__init__()
        self.at = at
        self.forms: list[Form] = []
        self._text: list[str] = []
        self._unseen = 0
        self._area = self._select = ""
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        return " ".join("".join(self._text).split())

    @property
    def everything(self) -> str:
        """The words, and what stands in fields."""
        return " ".join(
            [self.words, *(one for form in self.forms for value in form.values.values() for one in _all(value))]
        )

    def form(self, ending: str) -> Form:
        """The form that goes to an address with this ending (its query left aside)."""
        for form in self.forms:
            if form.action.partition("?")[0].endswith(ending):
                return form
        raise AssertionError(f"no form goes to …{ending}; there are {[form.action for form in self.forms]}")

    def has_form(self, ending: str) -> bool:
        return any(form.action.partition("?")[0].endswith(ending) for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._unseen += tag in UNSEEN
        self._text.append(" ")
        if tag == "form":
            self.forms.append(Form(said.get("action") or self.at))
        elif self.forms and said.get("name"):
            self._field(tag, said)
        elif tag == "option" and self._select and "selected" in said:
            self.forms[-1].values[self._select] = said.get("value", "")

    def _field(self, tag: str, said: dict[str, str]) -> None:
        values, name, kind = self.forms[-1].values, said["name"], said.get("type", "text")
        if tag == "input" and (kind not in ("radio", "checkbox", "file") or "checked" in said):
            again = kind == "hidden" and name in values  # a name may stand on several hidden fields: all are sent
            values[name] = [*_all(values[name]), said.get("value", "")] if again else said.get("value", "")
        elif tag == "textarea":
            self._area = name
            values[name] = ""
        elif tag == "select":
            self._select = name
            values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        self._text.append(" ")
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] += data
        elif not self._unseen:
            self._text.append(data)
