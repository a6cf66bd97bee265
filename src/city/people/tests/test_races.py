"""Two counters, two browsers, twenty guesses at once: one effect."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from django.db import connection

from city.kernel.errors import Refusal
from city.kernel.messages import Message
from city.people import actions
from city.people.actions import Ask, tally
from city.people.models import Account, Person
from city.people.tests.make import AT, CITY, PASSWORD, a_nik
from city.people.tests.test_code import in_letter

T = TypeVar("T")


def at_once(times: int, work: Callable[[int], T]) -> list[T]:
    def alone(number: int) -> T:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


def test_twenty_guesses_at_once_are_twenty(own_city: str) -> None:
    allowed = at_once(20, lambda _: tally.count("sign-in:x", limit=10, span=timedelta(minutes=15), at=AT))
    assert sorted(allowed) == [False] * 10 + [True] * 10


def test_two_counters_register_one_person(own_city: str) -> None:
    nik = a_nik()

    def register(number: int) -> str:
        try:
            return str(actions.register_person(name=f"Sofyan {'I' * number}", nik=nik, by=CITY, at=AT).pk)
        except Refusal as refusal:
            return refusal.code

    said = at_once(4, register)
    assert said.count("person.nik_taken") == 3
    assert Person.objects.count() == 1


def test_a_double_click_on_the_last_page_makes_one_account(own_city: str, sent: list[Message]) -> None:
    ask = Ask(code_id=Person().pk, purpose="sign-up", address="sri@contoh.id", facts={"name": "Sri", "nik": a_nik()})
    row = actions.send_code(ask=ask, at=AT)
    actions.confirm_code(code_id=row.pk, typed=in_letter(sent[0]), at=AT)

    def finish(_: int) -> str:
        try:
            return str(actions.sign_up(code_id=row.pk, password=PASSWORD, at=AT).pk)
        except Refusal as refusal:
            return refusal.code

    assert at_once(2, finish).count("code.stale") == 1
    assert Account.objects.count() == 1
