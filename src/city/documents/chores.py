"""What is left lying is cleared away."""

from datetime import datetime, timedelta

from city.documents import actions, vault
from city.documents.queries import known_places
from city.kernel.pulse import every

UNFINISHED = timedelta(days=7)  # a draft's file may wait a week for its line
STRAY = timedelta(days=1)  # written for a transaction that was rolled back


@every(seconds=3600)
def sweep(at: datetime) -> None:
    """Forget uploads nobody finished, and bytes on disk that no row knows."""
    while actions.sweep(at=at, unfinished=at - UNFINISHED):
        pass
    for place in vault.strays(older_than=(at - STRAY).timestamp(), known=known_places()):
        vault.drop_object(place)
