"""The cast takes its places: agencies, offices, persons, accounts, appointments, mandates. Again changes nothing."""

from datetime import date, datetime, timedelta

from city.documents.actions import ensure_demo_seal, ensure_demo_signer
from city.kernel.actor import system
from city.kernel.rules import WIB
from city.operate.demo.cast import AGENCIES, EVERYBODY, PASSPHRASE, PASSWORD, POSTS, Somebody, id_of
from city.people import actions
from city.people.models import Appointment

CITY = system("demo")
SINCE = date(2026, 1, 2)
LEAVE_DAYS = 5


def place_cast(at: datetime) -> None:
    """Everybody of the cast, with what they hold from `at` on; appointments began in January 2026."""
    for opd in AGENCIES:
        actions.place_agency(code=opd.code, name=opd.name, address=opd.address, phone=opd.phone, by=CITY)
    for post in POSTS:
        actions.place_office(code=post.code, title=post.title, agency=post.agency, permissions=post.may, by=CITY)
    for one in EVERYBODY.values():
        place_person(one, at)
    _place_acting_head(at)
    _place_mandates(at)


def place_person(one: Somebody, at: datetime) -> None:
    """Somebody invented, with account and office where she has them."""
    more = actions.NewPerson(person_id=one.id, address=one.address, birth_date=one.born, is_demo=True)
    actions.register_person(name=one.name, nik=one.nik, by=CITY, at=at, more=more)
    if one.sign_in:
        reach = actions.Reach(**{"email" if "@" in one.sign_in else "phone": one.sign_in})
        actions.create_account(person_id=one.id, reach=reach, password=PASSWORD, by=CITY, at=at, is_demo=True)
    if one.post:
        number = 100 + sorted(EVERYBODY).index(one.key)
        _appoint(one, one.post, actions.Term(SINCE, f"SK Wali Kota 821.2/Kep.{number}/2026 (contoh)"), at)


def _appoint(one: Somebody, post: str, term: actions.Term, at: datetime) -> None:
    appointment_id = id_of(f"appointment:{one.key}:{post}:{term.kind}")
    actions.appoint(person_id=one.id, office_code=post, term=term, by=CITY, at=at, appointment_id=appointment_id)


def _place_acting_head(at: datetime) -> None:
    """Hj. Nurlaela is on leave for a week from the second Monday to come; Yusuf Maulana signs as Plh. in those days."""
    today = at.astimezone(WIB).date()
    first = today + timedelta(days=14 - today.weekday())
    decree = "Surat Perintah Plh. 800/Plh-01/2026 (contoh)"
    term = actions.Term(first, decree, first + timedelta(days=LEAVE_DAYS - 1), Appointment.Kind.PLH)
    _appoint(EVERYBODY["yusuf"], "dpmptsp.head", term, at)


def place_signers(at: datetime) -> None:
    """Demo certificates for the head and her deputy, and DPMPTSP's e-seal; older than any demo case."""
    since = at - timedelta(days=90)
    for key in ("nurlaela", "yusuf"):
        ensure_demo_signer(EVERYBODY[key].id, EVERYBODY[key].name, PASSPHRASE, at=since)
    ensure_demo_seal("DPMPTSP", at=since)


def _place_mandates(at: datetime) -> None:
    """Lim Mei Hua leads her company; Andi Wirawan acts for it, for his own firm and for dr. Ayu."""
    firms = {}
    for key, name in (("selat", "PT Selat Kimia Nusantara"), ("karya", "CV Karya Rencana")):
        firms[key] = actions.register_organisation(
            name=name, by=CITY, at=at, organisation_id=id_of(f"organisation:{key}"), is_demo=True
        )
    given = (
        (actions.Giver(organisation_id=firms["selat"].pk), "lim"),
        (actions.Giver(organisation_id=firms["selat"].pk), "andi"),
        (actions.Giver(organisation_id=firms["karya"].pk), "andi"),
        (actions.Giver(person_id=EVERYBODY["ayu"].id), "andi"),
    )
    for number, (giver, holder) in enumerate(given):
        actions.grant_mandate(
            giver=giver,
            holder_id=EVERYBODY[holder].id,
            scope="permits",
            days=(SINCE, date(2027, 12, 31)),
            by=CITY,
            at=at,
            mandate_id=id_of(f"mandate:{number}"),
        )
