"""The same list by hand: one SQL statement by psycopg, one Jinja2 template, nothing else. A yardstick, no product."""

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from jinja2 import Environment, FileSystemLoader, select_autoescape

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
SQL = """
SELECT c.id, c.receipt, c.kind, c.application_type, c.state, c.turn, c.version, c.submitted_at, c.due_on, c.urgent_on,
    c.updated_at, c.applicant_id, p.name
FROM cases_case c JOIN people_person p ON p.id = c.applicant_id
WHERE c.agency = 'DPMPTSP' AND c.turn = 'verify' AND NOT c.turn = '' ORDER BY c.urgent_on, c.id LIMIT %s
"""
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
        )
    return _own.line


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    size = int(environ["PATH_INFO"].strip("/") or 50)
    rows = _line().execute(SQL, [size]).fetchall()
    body = PAGES.get_template("rival.html").render(rows=rows).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
