"""The head suspends, reinstates and revokes from the file's own page; the reason is asked for and stands on record."""

from datetime import timedelta

import pytest
from django.http import HttpResponse

from city.kernel.actor import Actor
from city.people.models import Person
from city.permits.models import Permit
from city.permits.tests.make import AT, Desk, a_permit
from city.permits.tests.make_desk import page_of, signed_in, text_of
from city.ui.environment import breakable

REASON = "STR dokter ini sedang dibekukan konsil, menunggu putusan."
GROUNDS = {"reason": REASON, "article": "UU 17/2023 Pasal 264 ayat (1)"}


@pytest.fixture
def permit(desk: Desk, doctor: Person, monkeypatch: pytest.MonkeyPatch) -> Permit:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=1))
    return a_permit(doctor, desk)


def decided(actor: Actor, permit: Permit, verb: str, **sent: str) -> HttpResponse:
    return signed_in(actor).post(f"/sipeci/desk/permits/{permit.pk}/{verb}", sent)  # type: ignore[return-value]


def state_of(permit: Permit) -> str:
    return Permit.objects.get(pk=permit.pk).state


def test_a_permit_is_suspended_reinstated_and_revoked(desk: Desk, permit: Permit) -> None:
    for verb, state in (("suspension", "suspended"), ("reinstatement", "active"), ("revocation", "revoked")):
        response = decided(desk.head, permit, verb, **GROUNDS)
        assert response.status_code == 303, text_of(response)
        assert state_of(permit) == state
    page = text_of(signed_in(desk.head).get(page_of(permit.case)))
    assert "Dicabut" in page
    assert "Bekukan izin" not in page


def test_what_became_of_the_permit_stands_in_the_files_story(desk: Desk, permit: Permit) -> None:
    for verb in ("suspension", "reinstatement", "suspension"):
        decided(desk.head, permit, verb, **GROUNDS)
    page = text_of(signed_in(desk.head).get(page_of(permit.case, look="story")))
    assert page.count("Izin dibekukan") == 2
    assert page.index("Izin dibekukan") < page.index("Izin diberlakukan kembali") < page.index("Izin terbit")
    assert GROUNDS["article"] in page
    assert "0 masih berlaku, 1 dibekukan" in page


def test_without_grounds_it_says_what_is_missing_and_keeps_the_rest(desk: Desk, permit: Permit) -> None:
    response = decided(desk.head, permit, "revocation", reason=REASON, article="")
    assert response.status_code == 422
    assert "Tulis pasal yang menjadi dasar." in text_of(response)
    assert REASON in text_of(response)
    assert state_of(permit) == "active"


@pytest.mark.parametrize("role", ["front", "division", "health", "unrest"])
def test_only_the_head_may(desk: Desk, permit: Permit, role: str) -> None:
    assert decided(getattr(desk, role), permit, "suspension", **GROUNDS).status_code in (403, 404)
    assert state_of(permit) == "active"


def test_the_signed_letter_is_read_on_the_desk(desk: Desk, permit: Permit) -> None:
    client = signed_in(desk.head)
    page = text_of(client.get(page_of(permit.case, look="decision")))
    assert breakable(permit.number) in page
    assert client.get(f"{page_of(permit.case)}/draft/1.jpg").headers["Content-Type"] == "image/jpeg"
    whole = client.get(f"{page_of(permit.case)}/draft")
    assert whole.content[:5] == b"%PDF-"


def test_the_next_signer_sees_how_this_one_was_decided(desk: Desk, permit: Permit) -> None:
    story = text_of(signed_in(desk.front).get(page_of(permit.case, look="story")))
    assert permit.number in story
    assert "1 masih berlaku" in story
