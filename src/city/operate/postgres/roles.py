"""Who may do what in the database: the owner migrates, the app works, the auditor reads. No role trusts a bare name."""

import json
import os
import secrets
from pathlib import Path

import psycopg
from psycopg import sql

ROLES = {"owner": "city_owner", "app": "city_app", "auditor": "city_auditor"}

# Who may enter; what each role may do with each table is kernel.grants' to say, after every migration.
GRANTS = """
ALTER SCHEMA public OWNER TO city_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO city_app, city_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE city_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""

Connection = psycopg.Connection[tuple[object, ...]]


def passwords(file: Path) -> dict[str, str]:
    """The three roles' passwords by short name, made on first use in a file only its owner reads."""
    if file.exists():
        kept: dict[str, str] = json.loads(file.read_text())
        return kept
    made = {short: secrets.token_urlsafe(24) for short in ROLES}
    fresh = file.with_name(file.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(made, out)
    fresh.rename(file)
    return made


def make_roles(admin: Connection, by_role: dict[str, str]) -> None:
    """The three roles with these passwords and no other power. Safe to repeat."""
    for short, name in ROLES.items():
        known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        form = "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT PASSWORD {}"
        admin.execute(sql.SQL(form).format(verb, sql.Identifier(name), sql.Literal(by_role[short])))


def fence(inside: Connection) -> None:
    """Gives the schema to the owner and shuts it to everybody else. Does nothing where that was done."""
    asked = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'"
    if inside.execute(asked).fetchone() != (ROLES["owner"],):
        with inside.transaction():
            inside.execute(GRANTS)


def exists(admin: Connection, database: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def comment_on(admin: Connection, database: str) -> str | None:
    """What `put_comment` left there."""
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    found = admin.execute(asked, [database]).fetchone()
    return str(found[0]) if found and found[0] else None


def put_comment(admin: Connection, database: str, text: str) -> None:
    """A note that lives and dies with the database."""
    form = sql.SQL("COMMENT ON DATABASE {} IS {}")
    admin.execute(form.format(sql.Identifier(database), sql.Literal(text)))


def make_database(admin: Connection, database: str, template: str = "template0") -> None:
    """A database that belongs to the owner and that only the three roles may enter."""
    create = "CREATE DATABASE {} OWNER {} TEMPLATE {}"
    name = sql.Identifier(database)
    admin.execute(sql.SQL(create).format(name, sql.Identifier(ROLES["owner"]), sql.Identifier(template)))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    everyone = sql.SQL(", ").join(map(sql.Identifier, ROLES.values()))
    admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, everyone))


def drop_database(admin: Connection, database: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
