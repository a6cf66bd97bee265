"""What the yardstick is given before it starts: the page's statements and template, and every word ready-made."""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.template import engines  # noqa: E402
from django.template.backends.jinja2 import Template  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import translation  # noqa: E402

from city.permits.queries.desk_queue import Due, QueueRow  # noqa: E402
from city.ui.context import Frame  # noqa: E402

TEMPLATE = "permits/desk/queue.html"
FRAME = (
    *("path", "signed_in", "name", "role", "office", "roles", "unread", "bars", "nav", "desk", "tabs", "account"),
    *("foot", "sign_in_url", "sign_out_url", "role_url", "role_field", "inbox_url"),
)


@dataclass(frozen=True)
class Lesson:
    """`statements` in the page's order; `list_at` is the place of the one whose rows are shown, `size` of them."""

    statements: list[str]
    list_at: int
    size: int
    context: dict[str, Any]
    words: dict[str, str]
    due: dict[date, Due]

    def page(self, rows: list[tuple[Any, ...]]) -> str:
        """These rows as the city draws them."""
        translation.activate("id")
        shown = replace(self.context["page"], rows=[self._row(row) for row in rows])
        template = engines["jinja2"].env.get_template(TEMPLATE)
        return str(template.render(self.context | {"page": shown}))

    def _row(self, row: tuple[Any, ...]) -> QueueRow:
        ident, receipt, kind, application, state, turn, day, name = row
        words = self.words
        return QueueRow(ident, receipt, words[kind], name, words[state], words[application], self.due[day], turn == "")


def learnt(path: str, session: str) -> Lesson:
    """Ask the city's page once, and keep what it asked and what it was drawn from."""
    translation.activate("id")
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["sesi"] = session
    drawn: list[tuple[dict[str, Any], HttpRequest]] = []

    def keep(_self: Template, context: dict[str, Any], request: HttpRequest) -> str:
        drawn.append((context, request))
        return ""

    with patch.object(Template, "render", keep), CaptureQueriesContext(connection) as asked:
        client.get(path)
    context, request = drawn[0]
    frame = Frame(request)
    with CaptureQueriesContext(connection) as asked_by_frame:
        plain = SimpleNamespace(**{name: getattr(frame, name) for name in FRAME})
    statements = [one["sql"] for one in (*asked, *asked_by_frame)]
    page = context["page"]
    list_at = next(at for at, sql in enumerate(statements) if f"LIMIT {len(page.rows) + 1}" in sql)
    with connection.cursor() as cursor:
        cursor.execute(statements[list_at])
        rows = list(zip(cursor.fetchall(), page.rows, strict=False))
    words = {row[at]: said for row, shown in rows for at, said in ((2, shown.title), (4, shown.state), (3, shown.type))}
    frozen = {**context, "frame": plain, "messages": [], "csrf_input": "", "request": None}
    return Lesson(statements, list_at, len(page.rows), frozen, words, {row[6]: shown.due for row, shown in rows})
