"""Tell a person something, once: in the inbox now, by her channel as soon as it takes it."""

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.messages import Message, NotCarried, carry
from city.notices.declare import WORDS
from city.notices.events import NoticeGiven, NoticeNotSent, NoticeSent
from city.notices.models import Channel, Dispatch, Notice
from city.notices.queries import address_in, channel_of, owner_of_inbox, worded
from city.people.queries import Contact, contact_of

log = logging.getLogger(__name__)
SEND = "notices.send"
PATIENCE = 6  # tries over about twenty minutes, then the row says that it failed
_US = system("notices")


@transaction.atomic
def notify(*, person_id: UUID, code: str, facts: Mapping[str, str], link: str, at: datetime) -> Notice:
    """Put a notice in the person's inbox and send it by her channel once the caller's transaction stands.

    `code` is on the WORDS shelf (KeyError if not: a notice without words is a fault of ours); `facts` are ids, codes
    and dates, never a name or a number of identity; `link` is a page of this city ("/sipeci/…").
    """
    WORDS[code]
    notice = Notice.objects.create(person_id=person_id, code=code, facts=dict(facts), link=link, at=at)
    publish(NoticeGiven(notice_id=notice.pk, person_id=person_id, code=code), by=_US, at=at)
    channel = channel_of(person_id)
    if channel:
        dispatch = Dispatch.objects.create(notice=notice, channel=channel, changed_at=at)
        _ask_for(dispatch)
    return notice


def _ask_for(dispatch: Dispatch) -> None:
    app.configure_task(SEND, queue="default").defer(dispatch_id=str(dispatch.pk))


@transaction.atomic
def open_notice(*, notice_id: UUID, by: Actor, at: datetime) -> Notice:
    """Mark a notice read by its addressee. Refuses (404) anybody else, as if it were not there."""
    notice = Notice.objects.select_for_update().filter(pk=notice_id, person_id=owner_of_inbox(by)).first()
    if notice is None:
        raise Refusal("notice.unknown", _("Pesan ini tidak ada di kotak masuk Anda."), status=404)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: Actor, at: datetime) -> int:
    """Mark everything in the person's inbox read; returns how many were not."""
    return Notice.objects.filter(person_id=owner_of_inbox(by), read_at=None).update(read_at=at)


@transaction.atomic
def resend(*, dispatch_id: UUID, by: Actor, at: datetime) -> Dispatch:
    """Try a failed sending again. One press or five: one more round of tries. Needs platform.admin."""
    by.require("platform.admin")
    dispatch = Dispatch.objects.select_for_update().filter(pk=dispatch_id).first()
    if dispatch is None:
        raise Refusal("notice.no_dispatch", _("Pengiriman ini tidak ada."), status=404)
    if dispatch.state == Dispatch.State.FAILED:
        _mark(dispatch, Dispatch.State.WAITING, at, attempts=0)
        _ask_for(dispatch)
    return dispatch


def send(*, dispatch_id: UUID, at: datetime) -> Dispatch.State:
    """Carry one notice out by its channel; called by a job that may be repeated. Returns the state it ended in.

    The message bears the dispatch's id as its reference, so that a carrier that already took it (a worker was killed
    between sending and noting it down) does not deliver it twice.
    """
    dispatch = _take(dispatch_id, at)
    if dispatch is None:
        return Dispatch.State.SENT
    contact = contact_of(dispatch.notice.person_id)
    try:
        if not address_in(contact, dispatch.channel):
            raise NotCarried(dispatch.channel)
        carry(_message(dispatch, contact))
    except NotCarried:
        return _note_refused(dispatch, at)
    except Exception:  # a carrier's surprise must end in a row that shows it, not in a queue nobody reads
        log.exception("carrier of %s failed on dispatch %s", dispatch.channel, dispatch.pk)
        return _note_refused(dispatch, at)
    return _note_sent(dispatch, at)


@transaction.atomic
def _take(dispatch_id: UUID, at: datetime) -> Dispatch | None:
    """The dispatch, marked as being sent; None when it already was."""
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related("notice")
    dispatch = rows.get(pk=dispatch_id)
    if dispatch.state == Dispatch.State.SENT:
        return None
    return _mark(dispatch, Dispatch.State.SENDING, at, attempts=dispatch.attempts + 1)


def _mark(dispatch: Dispatch, state: Dispatch.State, at: datetime, *, attempts: int) -> Dispatch:
    dispatch.state, dispatch.changed_at, dispatch.attempts = state, at, attempts
    dispatch.save(update_fields=["state", "changed_at", "attempts"])
    return dispatch


@transaction.atomic
def _note_sent(dispatch: Dispatch, at: datetime) -> Dispatch.State:
    _mark(dispatch, Dispatch.State.SENT, at, attempts=dispatch.attempts)
    notice = dispatch.notice
    fact = NoticeSent(notice_id=notice.pk, person_id=notice.person_id, channel=dispatch.channel)
    publish(fact, by=_US, at=at)
    return Dispatch.State.SENT


@transaction.atomic
def _note_refused(dispatch: Dispatch, at: datetime) -> Dispatch.State:
    """Wait for the next try, or give up where the row shows it."""
    if dispatch.attempts < PATIENCE:
        _mark(dispatch, Dispatch.State.WAITING, at, attempts=dispatch.attempts)
        return Dispatch.State.WAITING
    _mark(dispatch, Dispatch.State.FAILED, at, attempts=dispatch.attempts)
    notice = dispatch.notice
    fact = NoticeNotSent(notice_id=notice.pk, person_id=notice.person_id, channel=dispatch.channel)
    publish(fact, by=_US, at=at)
    return Dispatch.State.FAILED


def _message(dispatch: Dispatch, contact: Contact) -> Message:
    """The notice as its channel carries it, in the person's own language."""
    notice = dispatch.notice
    words = worded(notice.code, notice.facts, contact.language)
    with translation.override(contact.language):
        closing = _("Pesan ini juga ada di kotak masuk Anda di Kota Pintar. Kami tidak pernah meminta kata sandi.")
    letter = f"{words.body}\n\n{settings.PUBLIC_URL}{notice.link}\n\n{closing}\n"
    return Message(
        channel=dispatch.channel,
        to=address_in(contact, dispatch.channel),
        subject=words.title if dispatch.channel == Channel.EMAIL else "",
        body=words.sms if dispatch.channel == Channel.SMS else letter,
        language=contact.language,
        facts={"reference": str(dispatch.pk)},
    )
