"""What each PostgreSQL role may do, set anew after every migration.

Owner: migrates. App: works, but may not change or delete append-only rows, and not write at all where a model says
`owner_written` (the owner's functions do). Auditor: reads everything but keys.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from psycopg import sql

_GUARD = """
CREATE OR REPLACE FUNCTION city_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$
"""


def append_only_tables() -> Iterator[str]:
    """Tables of every model that says `append_only`."""
    return _tables_that_say("append_only")


def _tables_that_say(word: str) -> Iterator[str]:
    for model in apps.get_models():
        if getattr(model, word, False):
            yield model._meta.db_table


def _roles_exist(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [list(settings.DB_ROLES.values())])
    return bool(cursor.fetchone()[0] == len(settings.DB_ROLES))


@receiver(post_migrate)
def after_migration(sender: Any, **_signal: Any) -> None:
    """Migrations may have made tables: once they are all done, rights are set again."""
    if sender.name == "city.kernel":
        apply()


def apply() -> None:
    """Guard the append-only tables and grant the roles what they need; safe to repeat. Run by the owner."""
    tables = list(append_only_tables())
    present = set(connection.introspection.table_names())
    # In one transaction: nobody may write in the moment between the grants to all tables and what is taken back.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_GUARD)
        for table in filter(present.__contains__, tables):
            _guard(cursor, table)
        if _roles_exist(cursor):
            _grant(cursor, [t for t in tables if t in present], present)


def _guard(cursor: Any, table: str) -> None:
    name = sql.Identifier(f"{table}_append_only"), sql.Identifier(table)
    cursor.execute(sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(*name))
    cursor.execute(
        sql.SQL(
            "CREATE TRIGGER {} BEFORE UPDATE OR DELETE OR TRUNCATE ON {} EXECUTE FUNCTION city_refuse_change()"
        ).format(*name)
    )


def _grant(cursor: Any, append_only: list[str], present: set[str]) -> None:
    app, auditor = (sql.Identifier(settings.DB_ROLES[r]) for r in ("app", "auditor"))
    give = [
        "GRANT USAGE ON SCHEMA public TO {app}, {auditor}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {auditor}",
    ]
    for sentence in give:
        cursor.execute(sql.SQL(sentence).format(app=app, auditor=auditor))
    for table in [*append_only, "django_migrations"]:
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), app))
    for table in filter(present.__contains__, _tables_that_say("owner_written")):
        cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), app))
    for table in filter(present.__contains__, settings.DB_SECRETS):
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), auditor))
