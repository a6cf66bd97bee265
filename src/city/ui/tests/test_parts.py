"""The parts carry labels, hints, errors and words where a reader, a keyboard and a screen reader look for them."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms

from city.ui.rules.horizon import Day
from city.ui.tests.make import part, rendered

PARTS = Path(__file__).parent.parent / "jinja2/ui/parts"


def test_an_error_is_named_stands_by_its_field_and_is_read_with_it() -> None:
    html = part("fields", 'text("nik", "NIK", "123", "Ada di KTP.", "NIK harus 16 angka. Anda mengetik 3.")')
    assert '<label for="f-nik">NIK</label>' in html
    assert 'aria-describedby="f-nik-hint f-nik-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="f-nik-error"' in html


def test_what_people_type_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>'\""
    for call in (
        'text("a", v, v, v, v)',
        'textarea("a", v, v)',
        'radios("a", v, [(v, v)], v)',
        'select("a", v, [(v, v)], v)',
    ):
        html = part("fields", call, v=evil)
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


def test_optional_is_marked_and_required_is_not() -> None:
    assert "opsional" in part("fields", 'text("a", "Catatan", optional=true)')
    assert "opsional" not in part("fields", 'text("a", "Nama")')
    assert "optional" in part("fields", 'text("a", "Notes", optional=true)', "en")


def test_a_files_limits_stand_before_the_choice() -> None:
    html = part("fields", 'file("ktp", "KTP", "image/jpeg", "JPG, paling besar 10 MB.")')
    assert html.index("paling besar 10 MB") < html.index("<input")


class Sample(forms.Form):
    name = forms.CharField(label="Nama", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    born = forms.DateField(label="Tanggal lahir", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="Alasan", widget=forms.Textarea, required=False)
    where = forms.ChoiceField(label="Kelurahan", choices=[("ra", "Ramanuju")])
    who = forms.ChoiceField(label="Siapa", choices=[("me", "Saya")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(label="Hari", choices=[("1", "Senin")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="Setuju")
    secret = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    scan = forms.FileField(label="Pindaian")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def test_each_widget_of_a_form_becomes_the_citys_own_field() -> None:
    fields = "".join(f'{{{{ p.bound(form["{name}"]) }}}}' for name in Sample.base_fields)
    source = '{% import "ui/parts/fields.html" as p %}' + fields
    html = rendered(source, form=Sample())
    for marker in ('type="date"', "<textarea", "<select", 'type="radio"', 'type="checkbox"', 'type="password"'):
        assert marker in html
    assert 'autocomplete="name"' in html
    assert 'type="hidden" name="token" value="t"' in html
    assert html.count("opsional") == 1
    assert html.count("<fieldset") == 2


def test_a_refused_form_is_summed_up_on_top_with_links_to_its_fields() -> None:
    form = Sample({"name": "", "where": "xx"})
    html = rendered(
        '{% import "ui/parts/fields.html" as p %}{{ p.form_errors(form, "Isian lain tersimpan.") }}', form=form
    )
    assert 'href="#id_name"' in html
    assert "hal perlu diperbaiki" in html
    assert "Isian lain tersimpan." in html


def test_a_sent_password_is_never_written_back() -> None:
    form = Sample({"secret": "rahasia-sekali"})
    html = rendered('{% import "ui/parts/fields.html" as p %}{{ p.bound(form["secret"]) }}', form=form)
    assert "rahasia-sekali" not in html


def test_time_is_said_aloud_and_drawn() -> None:
    days = [Day(date(2026, 11, 24), today=True), Day(date(2026, 11, 25), deadline=True)]
    html = part("case", 'horizon(days, "1 dari 2 hari kerja terpakai")', days=days)
    assert '<p class="vh">1 dari 2 hari kerja terpakai</p>' in html
    assert 'class="h-today"' in html
    assert "25 Nov" in html


@pytest.mark.parametrize(
    "state", ["wait", "uploading", "paused", "checking", "ok", "warn", "bad", "accepted", "defective"]
)
def test_every_state_of_a_file_has_a_sign_and_words(state: str) -> None:
    html = part(
        "files",
        f'row("r", "KTP", "{state}", "Keterangan", reason="Sebab" if "{state}" in ("bad", "defective") else "")',
    )
    assert "<use href=" in html
    assert ("Sebab" if state in ("bad", "defective") else "Keterangan") in html


def test_a_row_being_checked_asks_again_and_a_finished_one_does_not() -> None:
    assert "data-poll" in part("files", 'row("r", "KTP", "checking", "Kami periksa")')
    assert "data-poll" not in part("files", 'row("r", "KTP", "ok", "Terbaca")')


@pytest.mark.parametrize("answer", ["ok", "expired", "suspended", "revoked", "superseded", "unknown"])
def test_every_answer_on_a_permit_is_a_word_in_both_languages(answer: str) -> None:
    words = {
        lang: re.search(r"<h2[^>]*>([^<]+)</h2>", part("case", f'seal("{answer}")', lang)) for lang in ("id", "en")
    }
    assert words["id"] is not None
    assert words["en"] is not None
    assert words["id"][1] != words["en"][1]


def test_counted_days_agree_with_their_number_in_english() -> None:
    assert rendered("{{ 1 | working_days }}") == "1 hari kerja"
    assert rendered("{{ 1 | working_days }}", "en") == "1 working day"
    assert rendered("{{ 1200 | working_days }}", "en") == "1,200 working days"


def test_a_long_number_breaks_at_its_slashes_and_stays_escaped() -> None:
    html = part("lists", "facts([('Nomor', '503/0288/SIPD/DPMPTSP/2026'), ('Izin', v)])", v="a/b/c/<i>/d")
    assert "503/<wbr>0288/<wbr>SIPD/<wbr>DPMPTSP/<wbr>2026" in html
    assert "<i>" not in html


def test_every_macro_says_its_arguments_in_one_comment_line() -> None:
    for file in PARTS.glob("*.html"):
        text = file.read_text()
        for name in re.findall(r"{% macro ([a-z]\w*)\(", text):
            assert re.search(rf"^{{# {name}\(", text, re.M), f"{file.name}: {name}"
