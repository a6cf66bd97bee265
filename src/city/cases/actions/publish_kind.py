"""A kind becomes a version that cases can begin with."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from city.cases.models import KindVersion
from city.cases.queries import kind_on_shelf


@transaction.atomic
def publish_kind(*, code: str, at: datetime) -> KindVersion:
    """Freeze the kind on the shelf as the version that new cases begin with; the same content is the same version.

    Running cases keep theirs. Called for the first draft after a change, and by whoever deploys. Raises Refusal 404.
    """
    kind = kind_on_shelf(code)
    version, new = KindVersion.objects.get_or_create(
        pk=kind.hash,
        defaults={"code": code, "number": _next_number(code), "content": dict(kind.content), "published_at": at},
    )
    if new:
        older = KindVersion.objects.filter(code=code, state=KindVersion.State.PUBLISHED).exclude(pk=version.pk)
        older.update(state=KindVersion.State.RETIRED)
    return version


def _next_number(code: str) -> int:
    last = KindVersion.objects.filter(code=code).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def version_for(code: str, at: datetime) -> str:
    """The version a new case of this kind begins with."""
    kind = kind_on_shelf(code)
    if not KindVersion.objects.filter(pk=kind.hash).exists():
        publish_kind(code=code, at=at)
    return kind.hash
