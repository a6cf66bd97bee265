"""A code and a notice leave the city once, or the sender is told that they did not."""

import pytest
from django.core import mail as outbox
from django.test import override_settings

from city.gateway.agencies.messaging import mail
from city.gateway.models import SimulatedMessage
from city.gateway.queries import simulated_messages
from city.kernel.messages import Message, NotCarried, carry

pytestmark = pytest.mark.django_db


def a_message(channel: str = "sms", reference: str = "") -> Message:
    facts = {"reference": reference} if reference else {}
    return Message(channel, "+628129990001", "Kode masuk", "Kode Anda 123456.", kind="code", facts=facts)


@pytest.mark.parametrize("channel", ["email", "sms", "whatsapp"])
def test_demo_city_keeps_what_it_would_have_sent(channel: str) -> None:
    carry(a_message(channel))
    kept = SimulatedMessage.objects.get()
    assert (kept.channel, kept.kind, kept.body) == (channel, "code", "Kode Anda 123456.")


@pytest.mark.parametrize("channel", ["email", "sms", "whatsapp"])
def test_a_real_city_without_a_carrier_says_that_nothing_was_sent(channel: str) -> None:
    with override_settings(DEMO=False), pytest.raises(NotCarried):
        carry(a_message(channel))
    assert not SimulatedMessage.objects.exists()


def test_the_same_reference_is_kept_once() -> None:
    carry(a_message(reference="notice-1"))
    carry(a_message(reference="notice-1"))
    assert SimulatedMessage.objects.count() == 1


def test_codes_without_a_reference_are_all_kept() -> None:
    carry(a_message())
    carry(a_message())
    assert SimulatedMessage.objects.count() == 2


@override_settings(EMAIL_HOST="mail.example", DEFAULT_FROM_EMAIL="Kota Pintar <kota@cilegon.example>")
def test_with_a_mail_server_the_letter_goes_there_and_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    carry(Message("email", "raka@contoh.example", "Izin\nterbit", "Isi.", facts={"reference": "notice-2"}))
    letter = outbox.outbox[0]
    assert letter.subject == "Izin terbit"
    assert letter.extra_headers["Message-ID"] == "<notice-2@cilegon.example>"
    assert not SimulatedMessage.objects.exists()


@override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend")
def test_a_silent_mail_server_is_not_taken_for_success() -> None:
    with pytest.raises(NotCarried):
        mail.send(a_message("email"))


def test_the_demo_page_reads_newest_first_and_pages_by_key() -> None:
    for number in range(3):
        SimulatedMessage.objects.create(
            channel="sms", to="+62", body=str(number), kind="notice", language="id", at=f"2026-11-24T0{number}:00:00Z"
        )
    first = simulated_messages(size=2)
    assert [row["body"] for row in first.rows] == ["2", "1"]
    rest = simulated_messages(after=first.next_key, size=2)
    assert [row["body"] for row in rest.rows] == ["0"]
    assert rest.next_key == ""
