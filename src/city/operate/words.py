"""The words of the city: Indonesian in the source, English in each app's catalogue, compiled without system tools.

`python -m city.operate.words compile | gather [app …] | missing`
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false", "trimmed": "false"}
PLAIN = {"omit_header": True, "sort_output": True, "ignore_obsolete": True, "include_lineno": False}
Key = tuple[str, str]  # context, Indonesian


def apps() -> list[Path]:
    """The folders that may hold a catalogue of their own: one per app."""
    return sorted(folder.parent for folder in SOURCE.glob("*/__init__.py"))


def catalogue_of(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _sources(app: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(app.rglob("*")):
        if {"tests", "migrations", "locale"} & set(path.relative_to(app).parts):
            continue
        if path.suffix == ".py":
            yield path, "python"
        elif path.suffix in (".html", ".txt") and "jinja2" in path.parts:
            yield path, "jinja2"


@cache
def words_of(app: Path) -> Catalog:
    """Every word the app's code and pages ask a translation for, with the place it stands in."""
    found = Catalog(charset="utf-8")
    for path, method in _sources(app):
        options = JINJA if method == "jinja2" else {}
        messages = extract_from_file(method, path, keywords=KEYWORDS, comment_tags=("i18n:",), options=options)
        for line, message, comments, context in messages:
            place = [(path.relative_to(SOURCE).as_posix(), line)]
            found.add(message, locations=place, auto_comments=comments, context=context)
    return found


def _key(message_id: object, context: str | None) -> Key:
    first = message_id[0] if isinstance(message_id, (tuple, list)) else message_id
    return context or "", str(first)


def _read(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def _is_translated(text: object) -> bool:
    return bool(text) and (all(text) if isinstance(text, (tuple, list)) else True)


def translated() -> dict[Key, Path]:
    """What some catalogue says in English, and which."""
    known: dict[Key, Path] = {}
    for app in apps():
        if catalogue_of(app).exists():
            for message in _read(catalogue_of(app)):
                if message.id and not message.fuzzy and _is_translated(message.string):
                    known.setdefault(_key(message.id, message.context), app)
    return known


def missing() -> Iterator[str]:
    """One sentence per word that a reader of English would meet in Indonesian."""
    known = translated()
    for app in apps():
        for message in words_of(app):
            if message.id and _key(message.id, message.context) not in known:
                path, line = message.locations[0]
                yield f"src/city/{path}:{line}: no English for {_key(message.id, '')[1]!r}"


def _wanted(app: Path, known: dict[Key, Path]) -> Catalog:
    """The app's words but those that another app's catalogue translates already."""
    wanted = Catalog(charset="utf-8")
    for message in words_of(app):
        if message.id and known.get(_key(message.id, message.context), app) == app:
            wanted.add(message.id, locations=[(path, 1) for path, _ in message.locations], context=message.context)
    return wanted


def gather(*names: str) -> None:
    """Adds each app's new words (all apps, or those named) to its own catalogue; keeps what is translated."""
    known = translated()
    for app in apps():
        if names and app.name not in names:
            continue
        wanted, po = _wanted(app, known), catalogue_of(app)
        if not po.exists() and not len(wanted):
            continue
        po.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _read(po) if po.exists() else Catalog(locale=LANGUAGE, charset="utf-8")
        catalogue.update(wanted, no_fuzzy_matching=True)
        with po.open("wb") as file:
            write_po(
                file,
                catalogue,
                width=120,
                omit_header=True,
                sort_output=True,
                ignore_obsolete=True,
                include_lineno=False,
            )


def compile_all() -> None:
    """Writes the .mo beside every .po; they are made on each machine and not kept in the repository."""
    for app in apps():
        po = catalogue_of(app)
        if po.exists():
            fresh = po.with_suffix(".mo.new")
            with fresh.open("wb") as file:
                write_mo(file, _read(po))
            fresh.replace(po.with_suffix(".mo"))


def main(verb: str, *names: str) -> int:
    if verb == "gather":
        gather(*names)
    elif verb == "compile":
        compile_all()
    else:
        lines = list(missing())
        print("\n".join(lines) or "Every word has its English.")
        return int(bool(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
