"""What `city verify` asks of the catalogue."""

from collections.abc import Iterator

from city.kernel.checks import broken_rows, check


@check("library: every work can be found, and none that has no edition")
def works_are_found() -> Iterator[str]:
    yield from broken_rows(
        "SELECT w.id, w.title FROM library_work w LEFT JOIN library_entry e ON e.work_id = w.id"
        " WHERE e.work_id IS NULL ORDER BY 1",
        "Work {0} ({1}) is in the catalogue and not in the search.",
    )
    yield from broken_rows(
        "SELECT e.work_id, e.editions, count(d.id) FROM library_entry e"
        " LEFT JOIN library_expression x ON x.work_id = e.work_id LEFT JOIN library_edition d ON d.expression_id = x.id"
        " GROUP BY 1, 2 HAVING e.editions <> count(d.id) ORDER BY 1",
        "The search says that work {0} has {1} editions, the catalogue has {2}.",
    )


@check("library: every record of a title belongs to an edition")
def records_belong() -> Iterator[str]:
    yield from broken_rows(
        "SELECT id, source, number FROM library_sourcerecord WHERE NOT is_authority AND edition_id IS NULL ORDER BY 1",
        "Record {0} ({1} {2}) describes no edition.",
    )
