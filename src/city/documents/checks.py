"""What `city verify` asks of files and papers."""

import hashlib
from collections.abc import Iterator

from city.documents import vault
from city.documents.models import Paper, StoredFile
from city.documents.queries import key_of
from city.kernel.checks import check
from city.kernel.keyring import KeyLost
from city.kernel.models import ErasedSubject


@check("files: every ready file is on disk, whole")
def files_on_disk() -> Iterator[str]:
    """Its size is read from the heads of its records: quick, and no key is needed."""
    ready = StoredFile.objects.filter(state=StoredFile.State.READY).order_by("pk")
    for file_id, place, size in ready.values_list("pk", "place", "size").iterator():
        found = vault.kept_size(place)
        if found is None:
            yield f"File {file_id} is ready, but its bytes are not on disk."
        elif found != size:
            yield f"File {file_id} should have {size} bytes; {found} are on disk."


@check("files: every file being received has its key")
def keys_of_files() -> Iterator[str]:
    """A file that is not refused has a key, or its subject was erased."""
    erased = set(ErasedSubject.objects.values_list("subject_id", flat=True))
    kept = StoredFile.objects.exclude(state=StoredFile.State.REFUSED).filter(key__isnull=True)
    for file_id, subject_id in kept.order_by("pk").values_list("pk", "subject_id").iterator():
        if subject_id not in erased:
            yield f"File {file_id} has no key and can never be opened."


@check("papers: every issued paper is byte for byte the one that was issued")
def issued_papers() -> Iterator[str]:
    """Opens each and hashes it: this is what a citizen downloads."""
    for paper in Paper.objects.filter(state=Paper.State.ISSUED).select_related("file").order_by("pk").iterator():
        if paper.file is None or _hash_of(paper.file) != paper.sha256:
            yield f"Paper {paper.number} ({paper.pk}) is not the file that was issued."


def _hash_of(file: StoredFile) -> str:
    try:
        return hashlib.sha256(vault.read(file.place, key_of(file), file_id=file.pk)).hexdigest()
    except (FileNotFoundError, vault.Torn, KeyLost):
        return ""


@check("papers: what is not issued has no hash that a reader could take for an issued one")
def papers_not_issued() -> Iterator[str]:
    """Only an issued paper may be recognised by its hash, and only its complete file is handed out."""
    for paper in Paper.objects.exclude(state=Paper.State.ISSUED).exclude(sha256="").order_by("pk").iterator():
        yield f"Paper {paper.number} ({paper.pk}) is {paper.state}, but has the hash of an issued one."
    issued = Paper.objects.filter(state=Paper.State.ISSUED).exclude(file__purpose="paper:issued")
    for paper in issued.order_by("pk").iterator():
        yield f"Paper {paper.number} ({paper.pk}) hands out a file that is not the complete one."
