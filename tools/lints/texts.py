"""Rules about every file: nothing of one machine or one registry in it, and templates that keep the strict CSP."""

import re
from collections.abc import Iterator

from lints.sources import Broken, Source

# Spelled in parts, so that this file keeps its own rule.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
    )
]
HOST = re.compile("|".join(map(re.escape, REGISTRIES)))
FOLDERS = ("work", "tmp", "root", "home")
MACHINE = re.compile(r"(?<![\w.:/}~*-])/(" + "|".join(FOLDERS) + r")/[\w.-]")
INLINE = (
    (re.compile(r"<style\b", re.I), "a <style> element: the CSP refuses it; put the rule in ui's css"),
    (re.compile(r"\sstyle\s*=", re.I), "a style attribute: the CSP refuses it; use a class of ui's css"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
        "a script in the page: the CSP refuses it; put it in a static file",
    ),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "an on… attribute: the CSP refuses it; listen in a static script"),
    (re.compile(r"javascript:", re.I), "a javascript: address: the CSP refuses it"),
)
COLOUR = re.compile(
    r"(?:fill|stroke|color|stop-color|bgcolor)\s*[=:]\s*[\"']?#[0-9a-fA-F]{3}"
    r"|(?<![&\w\"'{/#])#(?=[0-9a-fA-F]*\d)(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b"
)


def machine(source: Source) -> Iterator[Broken]:
    """What works on one machine alone, or sends a city to a registry that its author used, is not finished."""
    for number, line in source.lines():
        if HOST.search(line):
            yield Broken(number, "names a package registry's host: pinned files carry hashes, not addresses")
        if found := MACHINE.search(line):
            yield Broken(number, f"names a folder of one machine ({found[0]}…)")


def templates(source: Source) -> Iterator[Broken]:
    """No style or script in a page, and no colour beside ui's tokens: themes and contrast are decided in one place."""
    if not source.is_template:
        return
    for number, line in source.lines():
        for pattern, sentence in INLINE:
            if pattern.search(line):
                yield Broken(number, sentence)
        if COLOUR.search(line):
            yield Broken(number, "a colour by number: use a token of ui's css")


RULES = (machine, templates)
