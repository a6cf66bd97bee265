"""Answers that waited in a phone arrive once, and never over what was answered elsewhere meanwhile."""

import pytest

from city.cases import actions
from city.cases.actions import Typed
from city.cases.declare import Drawn, drawn_digest
from city.cases.models import Case, Delivery
from city.cases.queries import answers_of
from city.cases.tests.make import ANSWERS, AT, a_draft, a_person, fill, herself, refused
from city.kernel.ids import new_id
from city.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(db: None) -> Person:
    return a_person()


@pytest.fixture
def draft(rina: Person) -> Case:
    return a_draft(rina)


def typed(now: str, *bases: str) -> Typed:
    """An answer that waited, and those it was typed on."""
    on = frozenset(drawn_digest(text) for text in bases or ("",))
    return Typed({"holder": now}, {"holder": Drawn(frozenset(), on)})


def test_what_waited_is_kept_and_its_arrival_noted(draft: Case, rina: Person) -> None:
    key = new_id()
    arrival = actions.deliver_answers(case_id=draft.pk, key=key, typed=typed("Rina"), by=herself(rina), at=AT)
    assert answers_of(draft.pk)["holder"] == "Rina"
    assert (list(arrival.left), arrival.again) == ([], False)
    assert Delivery.objects.get(case=draft).key == key


def test_told_twice_it_arrives_once_even_when_she_changed_it_back_meanwhile(draft: Case, rina: Person) -> None:
    key, by = new_id(), herself(rina)
    actions.deliver_answers(case_id=draft.pk, key=key, typed=typed("Rina"), by=by, at=AT)
    actions.save_answers(case_id=draft.pk, answers={"holder": ""}, by=by, at=AT)
    assert actions.deliver_answers(case_id=draft.pk, key=key, typed=typed("Rina"), by=by, at=AT).again
    assert "holder" not in answers_of(draft.pk)
    assert Delivery.objects.filter(case=draft).count() == 1


def test_what_was_answered_elsewhere_since_stays_and_is_named(draft: Case, rina: Person) -> None:
    by = herself(rina)
    actions.save_answers(case_id=draft.pk, answers={"holder": "Rina Marlina"}, by=by, at=AT)
    arrival = actions.deliver_answers(case_id=draft.pk, key=new_id(), typed=typed("Rina"), by=by, at=AT)
    assert list(arrival.left) == ["holder"]
    assert answers_of(draft.pk)["holder"] == "Rina Marlina"


def test_it_replaces_what_this_phone_had_sent_before(draft: Case, rina: Person) -> None:
    by = herself(rina)
    actions.save_answers(case_id=draft.pk, answers={"holder": "Rina\r\nMarlina"}, by=by, at=AT)
    changed = typed("Rina M.", "", "Rina\nMarlina")
    assert not actions.deliver_answers(case_id=draft.pk, key=new_id(), typed=changed, by=by, at=AT).left
    assert answers_of(draft.pk)["holder"] == "Rina M."


def test_nobody_delivers_into_anothers_case_nor_with_anothers_key(draft: Case, rina: Person) -> None:
    other = a_person("Sri Wahyuni")
    key = new_id()
    with refused("case.unknown", 404):
        actions.deliver_answers(case_id=draft.pk, key=key, typed=typed("Sri"), by=herself(other), at=AT)
    actions.deliver_answers(case_id=draft.pk, key=key, typed=typed("Rina"), by=herself(rina), at=AT)
    with refused("case.unknown", 404):
        actions.deliver_answers(case_id=a_draft(other).pk, key=key, typed=typed("x"), by=herself(other), at=AT)


def test_a_case_that_was_sent_takes_nothing_and_notes_nothing(draft: Case, rina: Person) -> None:
    by = herself(rina)
    fill(draft, by)
    actions.submit(case_id=draft.pk, by=by, at=AT)
    with refused("case.not_now", 409):
        actions.deliver_answers(case_id=draft.pk, key=new_id(), typed=typed("Lain", ANSWERS["holder"]), by=by, at=AT)
    assert answers_of(draft.pk)["holder"] == ANSWERS["holder"]
    assert not Delivery.objects.filter(case=draft).exists()
