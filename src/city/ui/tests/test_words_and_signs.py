"""Every page of every system is built from what the style sheets, the sprite and the parts really have."""

import re
from collections.abc import Iterator
from pathlib import Path

from city.ui.environment import breakable

SOURCE = Path(__file__).parents[2]
FILES = SOURCE / "ui/static/ui"
SPRITE = set(re.findall(r'<symbol id="(\w+)"', (FILES / "icons.svg").read_text()))
CLASSES = set(re.findall(r"\.([a-z][\w-]*)", "".join(sheet.read_text() for sheet in FILES.glob("*.css"))))
HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


def pages() -> Iterator[tuple[str, str]]:
    for page in SOURCE.glob("*/jinja2/**/*.html"):
        yield page.relative_to(SOURCE).as_posix(), page.read_text()


def test_no_page_uses_a_class_that_no_sheet_knows() -> None:
    unknown = {
        f"{name}: {word}"
        for name, text in pages()
        for value in re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', text)
        for word in HOLE.sub("{}", value).split()
        if "{" not in word and word not in CLASSES
    }
    assert unknown == set()


def test_no_page_asks_for_an_icon_that_is_not_drawn() -> None:
    asked = {(name, icon) for name, text in pages() for icon in re.findall(r'(?:\bicon\(|icon_name=)"(\w+)"', text)}
    assert {f"{name}: {icon}" for name, icon in asked if icon not in SPRITE} == set()


def test_no_page_writes_style_script_or_colour_of_its_own() -> None:
    faults = re.compile(r"<style|\sstyle=|<script(?! src=)|\son\w+=\"|#[0-9a-f]{6}\b", re.I)
    found = {f"{name}: {match[0]}" for name, text in pages() for match in [faults.search(text)] if match}
    assert found == set()


def test_colours_are_named_in_one_sheet() -> None:
    for sheet in FILES.glob("*.css"):
        text = sheet.read_text().split("@layer print")[0]
        if sheet.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", text), sheet.name


def test_both_ways_into_the_dark_theme_say_the_same() -> None:
    text = (FILES / "tokens.css").read_text()
    by_system = re.search(r':not\(\[data-theme="light"\]\) \{(.*?)\}', text, re.S)
    by_choice = re.search(r'\n  \[data-theme="dark"\] \{(.*?)\}', text, re.S)
    assert by_system is not None
    assert by_choice is not None
    assert by_system[1].split() == by_choice[1].split()


def test_a_number_breaks_after_its_slashes_and_a_receipt_nowhere() -> None:
    said = breakable("<b> SPC-PTK-2026-000003, lihat 503/0288/SIPD; e-mail pra-kerja")
    assert said == (
        '&lt;b&gt; <span class="nowrap">SPC-PTK-2026-000003</span>, lihat 503/<wbr>0288/<wbr>SIPD; e-mail pra-kerja'
    )
