"""Sessions in the database, as Django keeps them; read in plain SQL, since every request of a visitor reads one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from city.kernel.plain import fetch


class SessionStore(db.SessionStore):
    """A session that has run out, or whose key nobody was given, is an empty one with a new key."""

    def _get_session_from_db(self) -> Any:
        row = fetch(self.model, session_key=self.session_key)
        if row is not None and row.expire_date > timezone.now():
            return row
        self._session_key = None
        return None
