"""Files, tickets, sessions and the press: what the measurements are made of."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from city.documents import actions as documents
from city.documents.actions import FileOffer, Upload
from city.documents.declare import UploadRule
from city.documents.tests import make
from city.kernel.actor import system
from city.kernel.ids import new_id
from city.people.models import Account


def an_upload() -> Upload:
    """A place for one photo of up to 10 MB, with its ticket."""
    offer = FileOffer(new_id(), new_id(), "bench", UploadRule(), "foto.jpg", 3_000_000, "image/jpeg")
    return documents.open_upload(offer, by=system("bench"), at=datetime.now(UTC))


def a_photo() -> bytes:
    return make.a_large_photo(3_000_000)


def a_paper() -> bytes:
    return make.a_pdf()


def send(line: HTTPConnection, to: Upload, path: str, content: bytes, chunk: int = 1_000_000) -> None:
    """The whole file in pieces of a megabyte, as the page's script sends it."""
    for start in range(0, len(content), chunk):
        head = {
            "Authorization": f"Ticket {to.ticket}",
            "Upload-Offset": str(start),
            "Content-Type": "application/offset+octet-stream",
            "Tus-Resumable": "1.0.0",
        }
        line.request("PATCH", path, content[start : start + chunk], head)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 204:
            raise SystemExit(f"PATCH answered {answer.status}: {said[:300]!r}")


def session_of(account: Account) -> str:
    """A session as signing in makes it, without paying argon2 sixty times."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def an_account(person_id: UUID, number: int) -> Account:
    return Account.objects.create(
        person_id=person_id, email=f"bench{number}@warga.example", is_demo=True, created_at=datetime.now(UTC)
    )


def jobs_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        return int(cursor.fetchone()[0])


def _own_cpu(work: Callable[[], object], times: int = 10) -> float:
    work()
    before = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - before) * 1000 / times


def press_costs() -> Iterator[tuple[str, str]]:
    """Printing, signing in the signer's request, and enriching: processor milliseconds of this process."""
    at = datetime.now(UTC)
    printed = _own_cpu(lambda: make.a_prepared_paper(at=at))
    yield "PDF: print with QR, check, seal at rest", f"{printed:.0f} ms"
    signer = make.a_signer(at=at)
    waiting = [make.a_prepared_paper(at=at) for _ in range(12)]
    signing = iter(waiting)

    def sign() -> None:
        documents.sign_paper(
            paper_id=next(signing).pk,
            signer_person_id=signer.person_id or new_id(),
            passphrase=make.PASSPHRASE,
            reason="Penerbitan izin",
            by=signer,
            at=at,
        )

    yield "signature PAdES B-T, with opening her key", f"{_own_cpu(sign):.0f} ms"
    signed = iter(waiting)
    yield (
        "enriching to B-LT and validating (a job)",
        f"{_own_cpu(lambda: documents.issue_paper(paper_id=next(signed).pk, at=at)):.0f} ms",
    )
