"""Bring a file of records into the catalogue, batch by batch, and report on every record that was not plain."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.utils.translation import gettext as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.library.actions.indexing import index_works
from city.library.actions.intake import Intake, Outcome
from city.library.events import RecordsImported
from city.library.models import Import, ImportNote
from city.library.rules import files, tables
from city.library.rules.faults import Fault, Read

BATCH = 500
_LOCK = "library.catalogue"


@dataclass
class Progress:
    """How far an import is: records read, decisions counted."""

    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class File:
    """What somebody brings: its name, its bytes, and whether it holds "marc" records or is a "csv" table."""

    name: str
    data: bytes
    form: str = "marc"


def import_file(*, file: File, tell: Tell, dry_run: bool = False, by: Actor, at: datetime) -> Import:
    """Bring a file's titles in. Raises Refusal (422) when it is a table without a column of titles."""
    try:
        reads = tables.records_in(file.data) if file.form == "csv" else files.records_in(file.data)
    except tables.NoTitles as told:
        has = ", ".join(told.columns)[:200]
        sentence = _("Tabel ini tidak punya kolom “judul”. Kolomnya: %(columns)s. Beri nama di baris pertama.")
        raise Refusal("library.no_titles", sentence % {"columns": has}, status=422) from None
    return import_records(file_name=file.name, reads=reads, tell=tell, dry_run=dry_run, by=by, at=at)


def import_records(
    *, file_name: str, reads: Iterable[Read], tell: Tell, dry_run: bool = False, by: Actor, at: datetime
) -> Import:
    """Bring every readable record in; a record that is not is noted and the next one taken.

    Each batch is a transaction of its own, so a stopped import keeps what it had, and the same file again adds only
    what is missing. `dry_run` does everything and keeps nothing: all of it is one transaction, for which other imports
    wait. Returns the finished import with its notes (of a dry run: read them from `notes_of_dry_run`).
    """
    imported = Import(file_name=file_name[-200:], began_at=at)
    if not dry_run:
        imported.save()
        return _run(imported, reads, tell, by, at)
    with transaction.atomic():
        imported.save()
        _run(imported, reads, tell, by, at)
        imported.rehearsed = list(imported.notes.order_by("record", "id"))  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return imported


def _run(imported: Import, reads: Iterable[Read], tell: Tell, by: Actor, at: datetime) -> Import:
    progress = Progress()
    for batch in _batches(reads):
        with transaction.atomic():
            outcomes = _take(batch, at)
            progress.read += len(batch)
            progress.counts.update(one.decision for one in outcomes)
            progress.counts.update("repaired" for one in outcomes if one.read.repaired)
            ImportNote.objects.bulk_create(note for one in outcomes for note in _notes(imported, one))
            imported.read, imported.counts = progress.read, dict(progress.counts)
            imported.save(update_fields=["read", "counts"])
        tell(progress)
    _end(imported, by, at)
    return imported


@transaction.atomic
def _end(imported: Import, by: Actor, at: datetime) -> None:
    imported.ended_at = at
    imported.save(update_fields=["ended_at"])
    counts = imported.counts
    fact = RecordsImported(
        import_id=imported.pk, read=imported.read, added=counts.get("added", 0), refused=counts.get("refused", 0)
    )
    publish(fact, by=by, at=at)


def _batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    source = iter(reads)
    while batch := list(islice(source, BATCH)):
        yield batch


def _take(batch: list[Read], at: datetime) -> list[Outcome]:
    """One import at a time decides: two that looked a title up at once would both add it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    intake = Intake(batch, at)
    outcomes = intake.take()
    intake.write()
    index_works(intake.touched)
    return outcomes


def _notes(imported: Import, outcome: Outcome) -> Iterator[ImportNote]:
    refused = outcome.decision == "refused"
    for fault in outcome.read.repaired:
        yield _note(imported, outcome, fault, ImportNote.Tone.REPAIRED)
    for fault in outcome.told:
        yield _note(imported, outcome, fault, ImportNote.Tone.REFUSED if refused else ImportNote.Tone.DECIDED)


def _note(imported: Import, outcome: Outcome, fault: Fault, tone: ImportNote.Tone) -> ImportNote:
    told = {"code": fault.code, "field": fault.field[:3], "facts": dict(fault.facts)}
    return ImportNote(imported=imported, record=outcome.read.number, tone=tone, **told)
