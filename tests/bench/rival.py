"""The same list by hand, as a yardstick and no product. `/page`: the statements of the city's page by psycopg and the
city's own template with an equal context, so that the difference is what Django and our code add. `/50`: one statement
and a bare table, the least that could be called a list."""

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from jinja2 import Environment, FileSystemLoader, select_autoescape
from learnt import Lesson, learnt

BARE = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
SQL = """
SELECT c.id, c.receipt, c.kind, c.application_type, c.state, c.turn, c.version, c.submitted_at, c.due_on, c.urgent_on,
    c.updated_at, c.applicant_id, p.name
FROM cases_case c JOIN people_person p ON p.id = c.applicant_id
WHERE c.agency = 'DPMPTSP' AND c.turn = 'verify' AND NOT c.turn = '' ORDER BY c.urgent_on, c.id LIMIT %s
"""
LESSON: Lesson = learnt("/sipeci/desk/?bucket=verify", os.environ["BENCH_SESSION"])
_own = threading.local()


def _line() -> "psycopg.Connection[tuple[Any, ...]]":
    if not hasattr(_own, "line"):
        secret = json.loads(Path(os.environ["CITY_DB_PASSWORDS"]).read_text())["app"]
        _own.line = psycopg.connect(
            host=os.environ["CITY_DB_HOST"],
            dbname=os.environ["CITY_DB_NAME"],
            user="city_app",
            password=secret,
            autocommit=True,
            prepare_threshold=None,  # the city's statements carry their own moment: none comes twice
        )
    return _own.line


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = environ["PATH_INFO"].strip("/")
    body = (_page() if asked == "page" else _bare(int(asked or 50))).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def _page() -> str:
    found = [_line().execute(statement).fetchall() for statement in LESSON.statements]
    return LESSON.page(found[LESSON.list_at][: LESSON.size])


def _bare(size: int) -> str:
    rows = _line().execute(SQL, [size]).fetchall()
    return BARE.get_template("rival.html").render(rows=rows)
