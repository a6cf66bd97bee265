"""Two people at one file, the same finger twice, the tab that was left open: one effect, and nobody is lost."""

import re

import httpx
import pytest

from city.operate.demo.cast import PASSPHRASE

from .crowd import Twice, at_once
from .errand import Errand, Office
from .page import Form, Page
from .person import Person
from .test_kill import each_thing_happened_once, everything_is_numbered, nothing_acknowledged_is_lost
from .town import Town

pytestmark = pytest.mark.slow
WHO_AND_WHEN = r"sudah diubah oleh ({}) pukul \d\d\.\d\d WIB"


@pytest.fixture
def colleagues(town: Town) -> dict[str, Person]:
    """A second pair of hands in each office."""
    keys = ("front", "back", "officer", "reviewer")
    return {key: Person(town.url, f"{key}@rekan.example") for key in keys}


def an_errand(town: Town, number: int, kind: type[Person] = Person) -> Errand:
    office = Office(town)
    if kind is not Person:
        office.of = {turn: kind(town.url, one.name) for turn, one in office.of.items()}
    return Errand(town, kind(town.url, f"dokter{number}@warga.example"), office)


def form_of(person: Person, errand: Errand, verb: str, look: str = "answers") -> Form:
    return person.get(f"/sipeci/desk/{errand.case_id}?look={look}").form(f"/{verb}")


def one_wins(answers: list[httpx.Response], names: list[str]) -> tuple[int, Page]:
    """Which of the two was followed; the other one's page says who was faster, and when."""
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [303, 409], codes
    winner, page = codes.index(303), Page(answers[codes.index(409)].text)
    assert re.search(WHO_AND_WHEN.format(re.escape(names[winner])), page.words), page.words[:1500]
    assert "Di bawah ini keadaan terbaru" in page.words
    return winner, page


def both_press(errand: Errand, people: dict[str, Person], verb: str, *typed: dict[str, str]) -> tuple[int, Page]:
    forms = [form_of(person, errand, verb) for person in people.values()]
    told = typed or ({}, {})
    presses = [
        lambda person=person, form=form, words=words: person.press(form, **words)
        for person, form, words in zip(people.values(), forms, told, strict=True)
    ]
    return one_wins(at_once(*presses), list(people))


def test_two_officers_at_every_step(town: Town, colleagues: dict[str, Person]) -> None:
    errand = an_errand(town, 5).until("submit")
    office = errand.office
    errand.press("front", "defects", "place_letter", code="unreadable", message="Foto ulang suratnya, kurang terang.")
    both_press(errand, {"Dewi Lestari": office["front"], "Rekan Front": colleagues["front"]}, "return")
    errand.answer()
    errand.accept("front")
    both_press(errand, {"Dewi Lestari": office["front"], "Rekan Front": colleagues["front"]}, "registration")
    errand.accept("back")
    both_press(errand, {"Bayu Saputra": office["back"], "Rekan Back": colleagues["back"]}, "examination")
    town.quiet()  # the reviewers come because they were told
    reasons = ("Ruang periksa memadai, saya setuju.", "Dengan syarat wastafel ditambah lagi.")
    winner, page = both_press(
        errand,
        {"dr. Hendra Gunawan": office["reviewer"], "Rekan Reviewer": colleagues["reviewer"]},
        "review",
        {"opinion": "recommended", "reason": reasons[0]},
        {"opinion": "conditional", "reason": reasons[1]},
    )
    assert reasons[1 - winner] in page.everything, "what the slower one typed is gone"
    both_press(
        errand,
        {"Bayu Saputra": office["back"], "Rekan Back": colleagues["back"]},
        "decision",
        {"outcome": "grant"},
        {"outcome": "grant"},
    )
    both_press(errand, {"Ratna Komala": office["officer"], "Rekan Officer": colleagues["officer"]}, "initial")
    errand.press("division", "initial")
    town.quiet()
    head, again = office["head"], Person(town.url, office["head"].name)
    forms = [form_of(one, errand, "signature", "decision") for one in (head, again)]
    signed = at_once(*(lambda one=one, form=form: one.press(form, passphrase=PASSPHRASE)
                       for one, form in zip((head, again), forms, strict=True)))  # fmt: skip
    assert [answer.status_code for answer in signed] == [303, 303], [Page(one.text).words for one in signed]
    errand.issued()
    each_thing_happened_once(errand)
    town.verify()


def test_return_against_registration(town: Town, colleagues: dict[str, Person]) -> None:
    """A marked file is returned; whoever registers it at the same instant is told, and nothing is half done."""
    errand = an_errand(town, 6).until("submit")
    errand.accept("front")
    on = form_of(colleagues["front"], errand, "registration")
    errand.press("front", "defects", "place_letter", code="unreadable", message="Foto ulang suratnya, kurang terang.")
    back = form_of(errand.office["front"], errand, "return")
    returned, registered = at_once(lambda: errand.office["front"].press(back), lambda: colleagues["front"].press(on))
    assert returned.status_code == 303
    words = Page(registered.text).words
    assert registered.status_code in (409, 422)
    assert re.search(WHO_AND_WHEN.format("Dewi Lestari"), words) or "Masih ada cacat yang ditandai" in words, words[
        :1500
    ]
    assert errand.state() == "returned"
    assert town.count("SELECT count(*) FROM cases_case WHERE id = %s AND registered_at IS NULL", errand.case_id) == 1
    town.verify()


def test_the_tab_that_was_left_open(town: Town, colleagues: dict[str, Person]) -> None:
    """At each desk a page is opened, a colleague is faster, then its button is pressed: the sentence, the newest state,
    and the words that were typed."""
    errand = an_errand(town, 15).until("submit")
    office = errand.office
    errand.accept("front")
    mark = form_of(office["front"], errand, "defects", "skp")
    on = form_of(office["front"], errand, "registration")
    faster = form_of(colleagues["front"], errand, "registration")
    assert colleagues["front"].press(faster).status_code == 303
    page = stale(office["front"].press(on), "Rekan Front")
    assert "Diterima lengkap" in page.words
    page = stale(office["front"].press(mark, code="other", message="Nomor SKP di surat berbeda."), "Rekan Front")
    assert "Nomor SKP di surat berbeda." in page.everything
    errand.examine()
    opinion = form_of(office["reviewer"], errand, "review")
    faster = form_of(colleagues["reviewer"], errand, "review")
    assert colleagues["reviewer"].press(faster, opinion="recommended").status_code == 303
    told = office["reviewer"].press(opinion, opinion="conditional", reason="Perlu wastafel kedua di ruang periksa.")
    assert "Perlu wastafel kedua di ruang periksa." in stale(told, "Rekan Reviewer").everything
    refusal = form_of(office["back"], errand, "decision")
    faster = form_of(colleagues["back"], errand, "decision")
    assert colleagues["back"].press(faster, outcome="grant").status_code == 303
    typed = {"outcome": "refuse", "refusal_code": "D2", "refusal_text": "STR sudah lewat tanggalnya."}
    page = stale(office["back"].press(refusal, **typed), "Rekan Back")
    assert "STR sudah lewat tanggalnya." in page.everything
    again = form_of(office["officer"], errand, "draft-return")
    faster = form_of(colleagues["officer"], errand, "initial")
    assert colleagues["officer"].press(faster).status_code == 303
    page = stale(office["officer"].press(again, reason="Alamat di konsep tidak lengkap."), "Rekan Officer")
    assert "Alamat di konsep tidak lengkap." in page.everything
    errand.press("division", "initial")
    town.quiet()
    pen = form_of(office["head"], errand, "signature", "decision")
    away = errand.doctor.get(f"{errand.own}/withdrawal").form("/withdrawal")
    assert errand.doctor.press(away).status_code == 303
    page = stale(office["head"].press(pen, passphrase=PASSPHRASE), ".+")
    assert PASSPHRASE not in page.everything
    town.verify()


def stale(answer: httpx.Response, who: str) -> Page:
    page = Page(answer.text)
    assert answer.status_code == 409, page.words
    assert re.search(WHO_AND_WHEN.format(who), page.words), page.words[:1500]
    return page


def test_the_applicant_s_tab_that_was_left_open(town: Town) -> None:
    """A form left open on another device: after the application was sent the page says so; nothing changes."""
    errand = an_errand(town, 16).until("hand_in_all")
    left = errand.doctor.get(f"{errand.own}/form/place").form("/form/place")
    errand.submit()
    page = errand.doctor.follow(errand.doctor.press(left, facility_name="Klinik Lain"))
    assert "sudah dikirim" in page.words or "lihat keadaan terbaru" in page.words, page.words[:1500]
    assert "Klinik Lain" not in errand.desk("front", "answers").words


def test_every_press_is_pressed_twice(town: Town) -> None:
    """Double clicks from the first page to the permit."""
    errand = an_errand(town, 7, Twice).until("issued")
    each_thing_happened_once(errand)
    nothing_acknowledged_is_lost(errand)
    everything_is_numbered(town)
    town.verify()


def test_taken_back_twice(town: Town) -> None:
    draft = an_errand(town, 8, Twice).until("fill")
    away = draft.doctor.get(f"{draft.own}/withdrawal").form("/withdrawal")
    assert draft.doctor.follow(draft.doctor.press(away)).words
    sent = an_errand(town, 8, Twice).until("submit")
    away = sent.doctor.get(f"{sent.own}/withdrawal").form("/withdrawal")
    assert "Ditarik" in sent.doctor.follow(sent.doctor.press(away)).words
    for errand in (draft, sent):
        assert errand.state() == "withdrawn"
        events = "SELECT count(*) FROM kernel_eventrecord WHERE subject_id = %s AND name = 'CaseWithdrawn'"
        assert town.count(events, errand.case_id) == 1
    town.quiet()
    town.verify()


def test_taken_back_while_it_is_signed(town: Town) -> None:
    errand = an_errand(town, 9).until("initial")
    town.quiet()
    away = errand.doctor.get(f"{errand.own}/withdrawal").form("/withdrawal")
    pen = errand.form("head", "signature", "decision")
    gone, signed = at_once(
        lambda: errand.doctor.press(away), lambda: errand.office["head"].press(pen, passphrase=PASSPHRASE)
    )
    town.quiet()
    assert sorted((gone.status_code, signed.status_code)) in ([303, 303], [303, 409])
    state = errand.state()
    permits = town.count("SELECT count(*) FROM permits_permit WHERE case_id = %s", errand.case_id)
    assert (state, permits) in {("withdrawn", 0), ("issued", 1)}
    if gone.status_code == 409:
        assert "tidak bisa ditarik lagi" in Page(gone.text).words or "Hj. Nurlaela" in Page(gone.text).words
    town.verify()
