"""A dump of the database, the logs and the files of a city name nobody's NIK and none of a draft's answers.

And the city's own role cannot rewrite what happened.
"""

import subprocess
from base64 import b64encode
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from psycopg import errors

from city.kernel.models import AppendOnly
from city.operate.demo.cast import EVERYBODY

from .errand import Errand, Office
from .page import Page
from .person import Person
from .town import Town, in_city

pytestmark = pytest.mark.slow
NOT_SIGNED_UP, TYPED_IN_THE_FORM, TYPED_WRONG = "3672990101901777", "3672990101905021", "367299010190178"
PLANTED = {
    "practice": {"str_number": "STR-RAHASIA-904417", "skp_number": "SKP-RAHASIA-118820"},
    "place": {
        "facility_name": "Klinik Tersembunyi Zamrud",
        "facility_address": "Jalan Rahasia Sekali 4242",
        "schedule": "Kamis kliwon pukul tiga pagi",
    },
    "applicant": {
        "holder_name": "dr. Zulaikha Rahasiawati",
        "birth_place": "Kampung Tak Bernama",
        "home_address": "Gang Sunyi Senyap 77 belakang",
    },
}


@pytest.fixture(scope="module")
def lived_in(town: Town) -> Town:
    """A draft with answers, an application on its desk, a person looked up at the counter, a sign-up cut short."""
    office = Office(town)
    in_city(
        town.path,
        "from city.people.models import Account\n"
        "person = Account.objects.get(email='dokter21@warga.example').person\n"
        "person.nik_index = person.nik_sealed = None\n"
        "person.save()",
    )
    draft = Errand(town, Person(town.url, "dokter21@warga.example"), office)
    draft.begin()
    for step, answers in PLANTED.items():
        form = draft.doctor.get(f"{draft.own}/form/{step}").form(f"/form/{step}")
        nik = {"nik": TYPED_IN_THE_FORM} if step == "applicant" else {}
        assert draft.doctor.press(form, **answers, **nik).status_code in (303, 422), step
    Errand(town, Person(town.url, "dokter22@warga.example"), office).until("register")
    counter = office["front"].get("/sipeci/counter").form("/sipeci/counter")
    for nik in (EVERYBODY["sofyan"].nik, TYPED_WRONG):
        office["front"].press(counter, nik=nik)
    visitor = Person(town.url)
    form = visitor.get("/masuk/daftar").form("/masuk/daftar")
    told = {"name": "Zulaikha", "nik": NOT_SIGNED_UP, "address": "zulaikha@warga.example"}
    assert visitor.press(form, **told).status_code in (302, 303)
    shown = Page(draft.doctor.bytes_of(f"{draft.own}/form/review").decode())
    assert all(text in shown.words for answers in PLANTED.values() for text in answers.values())
    town.quiet()
    return town


def secrets_of(town: Town) -> list[str]:
    """Every NIK that anybody has or typed, and every answer of the draft."""
    doctors = [f"367299010190{number + 1000:04d}" for number in range(1, 25)]
    colleagues = [f"367299010190{number:04d}" for number in range(2001, 2005)]
    typed = [NOT_SIGNED_UP, TYPED_IN_THE_FORM, TYPED_WRONG]
    answers = [text for fields in PLANTED.values() for text in fields.values()]
    return [*(one.nik for one in EVERYBODY.values()), *doctors, *colleagues, *typed, *answers]


def shapes_of(secret: str) -> Iterator[bytes]:
    """As it is, as hexadecimal digits (a bytea column in a dump), in base64 at each of its three places, in UTF-16."""
    plain = secret.encode()
    yield plain
    yield plain.hex().encode()
    yield secret.encode("utf-16-le")
    for before in range(3):
        whole = b64encode(b"\0" * before + plain)
        yield whole[4 if before else 0 : len(whole) - 4]


def found_in(content: bytes, secrets: list[str]) -> list[str]:
    return [secret for secret in secrets if any(shape in content for shape in shapes_of(secret))]


def dump(town: Town) -> bytes:
    """Everything, by the owner, as plain SQL."""
    cluster = town.home.cluster
    assert cluster
    line = [str(cluster.programs() / "pg_dump"), "--format=plain", town.home.address("owner")]
    return subprocess.run(line, capture_output=True, check=True).stdout


def test_a_dump_names_no_nik_and_no_answer(lived_in: Town) -> None:
    content = dump(lived_in)
    assert found_in(content, secrets_of(lived_in)) == []
    receipt = str(
        lived_in.rows("SELECT receipt FROM cases_case WHERE state = 'registered' ORDER BY submitted_at DESC")[0][0]
    )
    assert found_in(content, [receipt, "dr. Raka Pratama", "CaseSubmitted"]) != [], "the dump is empty"
    for table in ("kernel_eventrecord", "procrastinate_jobs", "workflow_process", "cases_answer", "people_person"):
        assert lived_in.count(f"SELECT count(*) FROM {table}") > 0, table  # noqa: S608
        assert f"COPY public.{table} ".encode() in content


def test_what_is_looked_for_would_be_found(lived_in: Town) -> None:
    """The search itself: each shape of a planted secret is seen."""
    secret = "9900112233445566"
    for shape in shapes_of(secret):
        assert found_in(b"before" + shape + b"after", [secret]) == [secret]
    lived_in.rows("CREATE TABLE planted (sealed bytea)")
    lived_in.rows("INSERT INTO planted VALUES (%s)", secret.encode())
    try:
        assert found_in(dump(lived_in), [secret]) == [secret]
    finally:
        lived_in.rows("DROP TABLE planted")


def test_logs_and_files_name_no_nik_and_no_answer(lived_in: Town) -> None:
    """Our own logs, PostgreSQL's, what was said at the terminal, and every sealed file."""
    looked_at = 0
    for path in lived_in.path.rglob("*"):
        kept_by_postgres = "data" in path.relative_to(lived_in.path).parts
        if path.is_file() and not path.is_symlink() and not kept_by_postgres and "static" not in path.parts:
            looked_at += 1
            assert found_in(path.read_bytes(), secrets_of(lived_in)) == [], path
    assert looked_at > 30


def test_postgres_keeps_none_on_disk(lived_in: Town) -> None:
    """Not only a dump: tables, indexes and the write-ahead log as they lie there."""
    assert lived_in.home.cluster
    for path in lived_in.home.cluster.data.rglob("*"):
        if path.is_file():
            assert found_in(path.read_bytes(), [one.nik for one in EVERYBODY.values()]) == [], path


@pytest.mark.parametrize("attempt", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_city_s_own_role_cannot_rewrite_what_happened(lived_in: Town, attempt: str) -> None:
    """Every append-only table, through the very role and password that the web and the worker use."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]
    assert {"kernel_eventrecord", "kernel_seal", "cases_clockentry"} <= set(tables)
    with psycopg.connect(lived_in.home.address("app"), autocommit=True) as session:
        assert session.execute("SELECT current_user").fetchone() == ("city_app",)
        for table in tables:
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(attempt.format(table))
