"""Taking turns over something that has no row yet to lock."""

from django.db import connection


def take_turn(what: str) -> None:
    """Wait until nobody else in the city does this ("paper:<id>"), and hold it until the transaction ends.

    For what is about to be made: two who make it at once would both find nothing there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
