"""A PostgreSQL of the city's own: in any folder, reached by password, each role behind its fence."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from city.operate import ground_for_tests
from city.operate.home import Home
from city.operate.postgres import account, binaries, roles
from city.operate.postgres.account import Account
from city.operate.postgres.cluster import Cluster
from city.operate.refusal import Refused


@pytest.fixture
def home() -> Iterator[Path]:
    """A long path with a space and an accent, that PostgreSQL's user may enter (pytest's own folders are closed)."""
    top = Path(tempfile.mkdtemp(prefix="kota pintar "))
    deep = top / "nama folder yang panjang sekali" / "é" / ("x" * 80)
    deep.mkdir(parents=True)
    top.chmod(0o755)
    yield deep
    shutil.rmtree(top)


def test_it_starts_in_a_long_path_with_a_space_and_starts_again(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    assert len(os.fsencode(cluster.socket_folder)) < 80
    for _ in range(2):
        server = cluster.start()
        try:
            assert cluster.is_running()
            assert cluster.connect().execute("SHOW listen_addresses").fetchone() == ("",)
        finally:
            cluster.stop(server)
        assert not cluster.is_running()


def test_a_city_keeps_its_promises_to_the_disk(home: Path) -> None:
    cluster = Cluster(home)
    with cluster.serving():
        assert cluster.connect().execute("SHOW fsync").fetchone() == ("on",)
        assert cluster.connect().execute("SHOW data_checksums").fetchone() == ("on",)


def test_nobody_enters_without_a_password(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    with cluster.serving():
        for user in ("postgres", "city_owner"):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(host=str(cluster.socket_folder), user=user, dbname="postgres")
        asked = "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"
        assert cluster.connect().execute(asked).fetchone() == (0,)
    assert cluster.password_file.stat().st_mode & 0o077 == 0
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_a_cut_short_beginning_is_begun_again(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    cluster.folder.mkdir()
    (cluster.folder / "data.new").mkdir()
    (cluster.folder / "data.new" / "PG_VERSION").write_text("half")
    with cluster.serving():
        assert cluster.is_running()


def test_two_commands_share_one_server(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    with cluster.serving(), Cluster(home, durable=False).serving():
        pass
    assert not cluster.is_running()


def test_a_stranger_s_socket_folder_is_refused(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    cluster.socket_folder.symlink_to(home)
    try:
        with pytest.raises(Refused, match="belongs to somebody else"):
            cluster.prepare()
    finally:
        cluster.socket_folder.unlink()


def test_data_of_a_version_that_is_not_here_names_it() -> None:
    with pytest.raises(Refused, match=r"written by PostgreSQL 9, .* Install postgresql-9"):
        binaries.find(9)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_a_folder_that_postgres_may_not_enter_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "tertutup"
    closed.mkdir(mode=0o700)
    entry = pwd.getpwnam("nobody")
    nobody = Account("nobody", entry.pw_uid, entry.pw_gid, dropped=True)
    with pytest.raises(Refused, match=r"the user nobody, who may not enter .*chmod o\+x"):
        nobody.must_reach(closed)


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs PostgreSQL as himself")
def test_root_never_runs_it() -> None:
    assert account.account().dropped
    assert account.account().uid != 0


@pytest.mark.parametrize("role", ["owner", "app", "auditor"])
@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE postgres",
        "CREATE ROLE mine SUPERUSER",
        "ALTER ROLE city_app SUPERUSER",
        "ALTER SYSTEM SET fsync = off",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "CREATE DATABASE mine",
    ],
)
def test_no_role_becomes_more_than_it_is(django_db_setup: None, role: str, attempt: str) -> None:
    with enter(role) as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute(attempt)


@pytest.mark.parametrize("other", ["city_owner", "city_auditor"])
def test_the_application_cannot_become_another_role(django_db_setup: None, other: str) -> None:
    with enter("app") as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute(f"SET ROLE {other}")


@pytest.mark.parametrize(
    ("role", "attempt"),
    [
        ("app", "UPDATE kernel_eventrecord SET name = 'x'"),
        ("app", "DELETE FROM kernel_eventrecord"),
        ("app", "TRUNCATE kernel_eventrecord"),
        ("app", "ALTER TABLE kernel_eventrecord DISABLE TRIGGER ALL"),
        ("app", "DROP TABLE kernel_eventrecord"),
        ("auditor", "INSERT INTO kernel_holiday (day, name, source, confirmed) VALUES ('2026-01-01', 'x', 'x', true)"),
        ("auditor", "SELECT * FROM kernel_subjectkey"),
        ("owner", "DELETE FROM kernel_eventrecord"),
    ],
)
def test_each_role_stays_behind_its_fence(django_db_setup: None, role: str, attempt: str) -> None:
    with enter(role) as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute(attempt)


def test_the_auditor_reads(django_db_setup: None) -> None:
    with enter("auditor") as session:
        assert session.execute("SELECT count(*) FROM kernel_eventrecord").fetchone() == (0,)


def test_passwords_are_the_owner_s_alone_and_stay(tmp_path: Path) -> None:
    file = tmp_path / "database.json"
    first = roles.passwords(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(set(first.values())) == 3
    assert roles.passwords(file) == first


def test_the_address_of_a_role_opens_that_role(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    at = Home(home, "city", cluster, home / "keys", home / "files")
    with cluster.serving(), cluster.connect() as admin:
        by_role = roles.passwords(home / "database.json")
        roles.make_roles(admin, by_role)
        roles.make_database(admin, "city")
        with psycopg.connect(at.address("auditor")) as session:
            assert session.execute("SELECT current_user").fetchone() == ("city_auditor",)


def enter(role: str) -> "psycopg.Connection[tuple[object, ...]]":
    by_role = roles.passwords(Path(os.environ["CITY_HOME"]) / "database.json")
    return psycopg.connect(
        host=str(ground_for_tests.socket_folder()),
        user=roles.ROLES[role],
        password=by_role[role],
        dbname=os.environ["CITY_DB_NAME"],
        autocommit=True,
    )
