"""A notice leaves the city once, in her language, or its row says that it did not."""

import pytest

from city.gateway.models import SimulatedMessage
from city.kernel.errors import Refusal
from city.kernel.messages import CARRIERS, Message, NotCarried
from city.kernel.models import EventRecord
from city.notices import actions, jobs, queries
from city.notices.models import Dispatch
from city.notices.tests.make import NOW, a_notice, a_person, an_operator, herself

pytestmark = pytest.mark.django_db


def a_dispatch(**person: str) -> Dispatch:
    a_notice(a_person(**(person or {"email": "raka@contoh.example"})))
    return Dispatch.objects.get()


@pytest.fixture
def broken_line(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """A mail carrier that takes nothing and counts what it was offered."""
    offered: list[Message] = []

    def refuse(message: Message) -> None:
        offered.append(message)
        raise NotCarried(message.channel)

    monkeypatch.setitem(CARRIERS._things, "email", refuse)
    return offered


def test_a_letter_has_the_words_the_link_and_her_language() -> None:
    dispatch = a_dispatch(email="ayu@contoh.example", language="en")
    jobs.send(str(dispatch.pk))
    letter = SimulatedMessage.objects.get()
    assert letter.to == "ayu@contoh.example"
    assert letter.language == "en"
    assert "/sipeci/" in letter.body
    assert "never ask for your password" in letter.body
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == ("sent", 1)
    assert EventRecord.objects.get(name="NoticeSent").data["channel"] == "email"


def test_an_sms_is_one_plain_line() -> None:
    dispatch = a_dispatch(phone="+628129990001")
    jobs.send(str(dispatch.pk))
    sms = SimulatedMessage.objects.get()
    assert (sms.channel, sms.subject) == ("sms", "")
    assert sms.body == "Berkas SPC-SIPD-2026-000123 perlu diperbaiki."


def test_a_repeated_job_sends_nothing_twice() -> None:
    dispatch = a_dispatch()
    jobs.send(str(dispatch.pk))
    jobs.send(str(dispatch.pk))
    assert SimulatedMessage.objects.count() == 1
    assert EventRecord.objects.filter(name="NoticeSent").count() == 1


def test_a_worker_killed_after_sending_and_before_noting_it_sends_nothing_twice() -> None:
    dispatch = a_dispatch()
    jobs.send(str(dispatch.pk))
    Dispatch.objects.update(state="sending")
    jobs.send(str(dispatch.pk))
    dispatch.refresh_from_db()
    assert (SimulatedMessage.objects.count(), dispatch.state) == (1, "sent")


def test_a_dead_channel_is_tried_again_and_then_shown(broken_line: list[Message]) -> None:
    dispatch = a_dispatch()
    for _ in range(actions.PATIENCE - 1):
        with pytest.raises(NotCarried):
            jobs.send(str(dispatch.pk))
    jobs.send(str(dispatch.pk))
    dispatch.refresh_from_db()
    assert (dispatch.state, len(broken_line)) == ("failed", actions.PATIENCE)
    assert EventRecord.objects.get(name="NoticeNotSent").data["channel"] == "email"
    assert queries.inbox_of(dispatch.notice.person_id).rows[0].unsent == ("email",)
    assert [row["id"] for row in queries.failed_dispatches().rows] == [dispatch.pk]


def test_a_carrier_that_breaks_is_a_channel_that_did_not_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CARRIERS._things, "email", lambda message: 1 / 0)
    dispatch = a_dispatch()
    with pytest.raises(NotCarried):
        jobs.send(str(dispatch.pk))
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == ("waiting", 1)


def test_an_operator_sends_it_again_after_the_channel_is_back() -> None:
    dispatch = a_dispatch()
    Dispatch.objects.update(state="failed", attempts=actions.PATIENCE)
    actions.resend(dispatch_id=dispatch.pk, by=an_operator(), at=NOW)
    actions.resend(dispatch_id=dispatch.pk, by=an_operator(), at=NOW)
    jobs.send(str(dispatch.pk))
    dispatch.refresh_from_db()
    assert (dispatch.state, SimulatedMessage.objects.count()) == ("sent", 1)


def test_only_an_operator_may_send_again() -> None:
    dispatch = a_dispatch()
    with pytest.raises(Refusal) as refused:
        actions.resend(dispatch_id=dispatch.pk, by=herself(dispatch.notice.person), at=NOW)
    assert refused.value.status == 403


def test_an_address_that_was_removed_meanwhile_is_a_failure_not_a_crash() -> None:
    dispatch = a_dispatch()
    account = dispatch.notice.person.account
    account.email, account.phone = None, "+628129990001"
    account.save()
    with pytest.raises(NotCarried):
        jobs.send(str(dispatch.pk))
