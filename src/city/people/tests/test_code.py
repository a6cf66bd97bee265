"""One-time codes: by the port alone, few tries, few sendings, the same answer to everybody."""

import re
from datetime import timedelta

import pytest

from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.messages import CARRIERS, Message
from city.kernel.models import EventRecord
from city.people import actions
from city.people.actions import Ask, code
from city.people.models import Code, Tally
from city.people.tests.make import AT, an_account

pytestmark = pytest.mark.django_db


def in_letter(message: Message) -> str:
    found = re.search(r"\b\d{6}\b", message.body)
    return found[0] if found else ""


def an_ask(address: str = "baru@contoh.id", purpose: str = "sign-up", **more: object) -> Ask:
    return Ask(code_id=new_id(), purpose=purpose, address=address, **more)  # type: ignore[arg-type]


def test_the_code_goes_through_the_port_and_stands_nowhere_else(sent: list[Message]) -> None:
    row = actions.send_code(ask=an_ask("0812 3456 7890", facts={"nik": "3672990101900001"}), at=AT)
    (message,) = sent
    secret = in_letter(message)
    assert (message.channel, message.to, message.kind) == ("sms", "+6281234567890", "code")
    assert secret
    assert secret not in str(Code.objects.values().get(pk=row.pk))
    assert b"3672990101900001" not in bytes(row.facts or b"")
    assert not EventRecord.objects.exists()
    assert actions.confirm_code(code_id=row.pk, typed=f" {secret[:3]} {secret[3:]} ", at=AT).confirmed_at == AT


def test_an_sms_fits_one_sms(sent: list[Message]) -> None:
    actions.send_code(ask=an_ask("081234567890"), at=AT)
    assert len(sent[0].body) <= 160
    assert sent[0].body.isascii()


def test_english_readers_get_english(sent: list[Message]) -> None:
    actions.send_code(ask=an_ask(language="en"), at=AT)
    assert "minutes" in sent[0].body


def test_five_tries(sent: list[Message]) -> None:
    row = actions.send_code(ask=an_ask(), at=AT)
    right = in_letter(sent[0])
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Refusal) as refused:
            actions.confirm_code(code_id=row.pk, typed=wrong, at=AT)
        assert refused.value.code == "code.wrong"
    with pytest.raises(Refusal) as refused:
        actions.confirm_code(code_id=row.pk, typed=right, at=AT)
    assert refused.value.code == "code.stale"


def test_fifteen_minutes(sent: list[Message]) -> None:
    row = actions.send_code(ask=an_ask(), at=AT)
    with pytest.raises(Refusal) as refused:
        actions.confirm_code(code_id=row.pk, typed=in_letter(sent[0]), at=AT + timedelta(minutes=15))
    assert refused.value.code == "code.stale"


def test_the_same_form_twice_sends_once(sent: list[Message]) -> None:
    ask = an_ask()
    assert actions.send_code(ask=ask, at=AT).pk == actions.send_code(ask=ask, at=AT).pk
    assert len(sent) == 1


def test_a_new_code_replaces_the_old_one(sent: list[Message]) -> None:
    row = actions.send_code(ask=an_ask(), at=AT)
    with pytest.raises(Refusal) as refused:
        actions.send_again(code_id=row.pk, at=AT + timedelta(seconds=10))
    assert refused.value.code == "code.too_soon"
    later = AT + timedelta(minutes=1)
    actions.send_again(code_id=row.pk, at=later)
    old, new = map(in_letter, sent)
    if old != new:
        with pytest.raises(Refusal):
            actions.confirm_code(code_id=row.pk, typed=old, at=later)
    assert actions.confirm_code(code_id=row.pk, typed=new, at=later)
    assert len({message.facts["reference"] for message in sent}) == 2


def test_an_address_is_not_flooded(sent: list[Message]) -> None:
    for _ in range(code.PER_ADDRESS):
        actions.send_code(ask=an_ask(), at=AT)
    with pytest.raises(Refusal) as refused:
        actions.send_code(ask=an_ask("BARU@contoh.id"), at=AT)
    assert refused.value.status == 429
    assert len(sent) == code.PER_ADDRESS
    assert actions.send_code(ask=an_ask(), at=AT + timedelta(hours=1, seconds=1))
    assert "contoh" not in str(list(Tally.objects.values()))


def test_nobody_learns_who_has_an_account(sent: list[Message]) -> None:
    an_account(email="ada@contoh.id")
    has = actions.send_code(ask=an_ask("ada@contoh.id"), at=AT)
    has_not = actions.send_code(ask=an_ask("tidak@contoh.id", purpose="reset"), at=AT)
    assert [in_letter(message) for message in sent] == ["", ""]
    assert "sudah punya akun" in sent[0].body
    assert "belum punya akun" in sent[1].body
    for row in (has, has_not):
        with pytest.raises(Refusal) as refused:
            actions.confirm_code(code_id=row.pk, typed="", at=AT)
        assert refused.value.code == "code.wrong"


def test_a_code_that_cannot_be_sent_says_so_and_may_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CARRIERS._things, "sms", raising=False)
    ask = an_ask("081234567890")
    with pytest.raises(Refusal) as refused:
        actions.send_code(ask=ask, at=AT)
    assert refused.value.status == 503
    assert not Code.objects.exists()


@pytest.mark.parametrize("address", ["", "raka", "raka@", "@contoh.id", "0812", "raka@contoh .id"])
def test_what_is_no_address(address: str, sent: list[Message]) -> None:
    with pytest.raises(Refusal) as refused:
        actions.send_code(ask=an_ask(address), at=AT)
    assert refused.value.status == 422
    assert not sent


def test_old_codes_are_forgotten(sent: list[Message]) -> None:
    actions.send_code(ask=an_ask(), at=AT)
    assert code.forget_codes_before(AT) == 0
    assert code.forget_codes_before(AT + timedelta(minutes=16)) == 1
