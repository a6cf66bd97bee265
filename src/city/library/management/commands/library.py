"""`city library import marc|csv FILE…`, `city library export marc`: records into the catalogue and out of it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from city.kernel.actor import system
from city.kernel.errors import Refusal
from city.library.actions import File, Progress, import_file
from city.library.models import Import
from city.library.queries import exported, notes_of, sentence_of
from city.library.rules import marcxml

CITY = system("library")
DECISIONS = {
    "added": "new titles",
    "clustered": "new editions of known works",
    "same_edition": "further records of known editions",
    "replaced": "records brought up to date",
    "unchanged": "here already",
    "older": "older than what is here",
    "authority": "names and subjects",
    "kept": "kept, not used",
    "repaired": "repaired",
    "refused": "refused",
}


class Command(BaseCommand):
    help = "Import records of MARC21 or INDOMARC (ISO 2709, MARCXML), or export all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        taken = verbs.add_parser("import", help="bring files of records into the catalogue")
        taken.add_argument("what", choices=["marc", "csv"])
        taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
        taken.add_argument("--dry-run", action="store_true", help="report everything, keep nothing")
        taken.add_argument("--english", action="store_true", help="the report in English")
        given = verbs.add_parser("export", help="write every record to standard output")
        given.add_argument("what", choices=["marc"])
        given.add_argument("--xml", action="store_true", help="MARCXML instead of ISO 2709")
        given.add_argument("--as-received", action="store_true", help="the very bytes that came in")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "export":
            self._export(sys.stdout.buffer, options["xml"], options["as_received"])
            return
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(f"No such file: {', '.join(missing)}. Nothing was imported.")
        with translation.override("en" if options["english"] else "id"):
            for path in options["files"]:
                self._import(path, options["what"], options["dry_run"])

    def _import(self, path: Path, what: str, dry_run: bool) -> None:
        def tell(progress: Progress) -> None:
            self.stderr.write(f"\r{path.name}: {progress.read} records", ending="")

        try:
            file = File(path.name, path.read_bytes(), what)
            done = import_file(file=file, tell=tell, dry_run=dry_run, by=CITY, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}. Files before it were imported.") from None
        except Refusal as refusal:
            raise CommandError(f"{path.name}: {refusal.sentence}") from None
        self.stderr.write("")
        self._report(done, dry_run)

    def _report(self, done: Import, dry_run: bool) -> None:
        for note in getattr(done, "rehearsed", None) or notes_of(done.pk):
            field = f", {note.field}" if note.field else ""
            self.stdout.write(
                f"{done.file_name} {note.record}{field} [{note.tone}] {sentence_of(note.code, note.facts)}"
            )
        counts = ", ".join(f"{done.counts[code]} {words}" for code, words in DECISIONS.items() if done.counts.get(code))
        self.stdout.write(f"{done.file_name}: {done.read} records: {counts or 'none'}.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")

    def _export(self, out: BinaryIO, xml: bool, as_received: bool) -> None:
        if xml:
            out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{marcxml.NAMESPACE}">\n'.encode())
        for row, data in exported(xml=xml, as_received=as_received):
            if data is None:
                self.stderr.write(f"{row}: {sentence_of('too_long', {})}")
                continue
            out.write(data + b"\n" if xml else data)
        if xml:
            out.write(b"</collection>\n")
        out.flush()
