"""Every house rule catches a planted fault, and lets the honest version of the same line pass."""

from collections.abc import Iterator

import pytest

from lints import code, texts
from lints.house import broken_in
from lints.sources import Source

ACTIONS = "src/city/permits/actions.py"
PAGE = "src/city/permits/jinja2/permits/home.html"
LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 40
REGISTRY = texts.REGISTRIES[0]
FOLDER = "/" + texts.FOLDERS[0]


def rules_broken(where: str, text: str) -> set[str]:
    return {line.split(": ")[1] for line in broken_in(Source(where, text))}


def planted() -> Iterator[tuple[str, str, str]]:
    foreign = "from city.people.models import Person\n"
    yield "foreign_rows", ACTIONS, foreign + "def f():\n    return Person.objects.get()\n"
    yield "foreign_rows", ACTIONS, "from city.people import models\ndef f():\n    return models.Person.objects.get()\n"
    yield "foreign_rows", ACTIONS, foreign + "def f():\n    return Person._default_manager.get()\n"
    yield "clock", ACTIONS, "from django.utils import timezone\ndef f():\n    return timezone.now()\n"
    yield "clock", "src/city/permits/rules/fees.py", "from datetime import date\ndef f():\n    return date.today()\n"
    yield "clock", "src/city/permits/actions/issue.py", "import time\ndef f():\n    return time.time()\n"
    yield "clock", "src/city/permits/kinds/x/v1.py", "from datetime import date\ndef f():\n    return date.today()\n"
    yield "names", ACTIONS, "class PermitManager:\n    pass\n"
    yield "names", ACTIONS, "def get_base_fee():\n    pass\n"
    yield "names", "src/city/permits/utils.py", ""
    yield "names", "src/city/ui/jinja2/ui/base.html", ""
    yield "sizes", ACTIONS, "x = 1\n" * 401
    yield "sizes", "src/city/permits/tests/test_x.py", "x = 1\n" * 601
    yield "sizes", ACTIONS, LONG_FUNCTION
    yield "sizes", ACTIONS, "def f(a, b, c, *, d, e, f):\n    pass\n"
    yield "machine", "docs/how-to/x.md", f"install it from https://{REGISTRY}/simple"
    yield "machine", "docs/how-to/x.md", f"cd {FOLDER}/main"
    yield "templates", PAGE, "<style>p {}</style>"
    yield "templates", PAGE, '<p style="margin: 0">x</p>'
    yield "templates", PAGE, "<script>alert(1)</script>"
    yield "templates", PAGE, '<a href="#" onclick="go()">x</a>'
    yield "templates", PAGE, '<a href="javascript:go()">x</a>'
    yield "templates", PAGE, '<path fill="#abc"/>'
    yield "templates", PAGE, "<p>{% set line = '1px solid #0a4d8c' %}</p>"


def honest() -> Iterator[tuple[str, str]]:
    yield ACTIONS, "from city.people.models import Person\ndef f(who: Person, at):\n    return who\n"
    yield ACTIONS, "from city.kernel.models import Holiday\ndef f():\n    return Holiday.objects.all()\n"
    yield ACTIONS, "from .models import Permit\ndef f():\n    return Permit.objects.all()\n"
    yield "src/city/permits/views.py", "from django.utils import timezone\ndef f():\n    return timezone.now()\n"
    yield ACTIONS, "def f(self, a, b, c, *, d, e, by, at, seen):\n    pass\n"
    yield "src/city/permits/migrations/0001_initial.py", "x = 1\n" * 500
    yield ACTIONS, "class Database:\n    pass\ndef basement():\n    pass\n"
    yield "docs/how-to/x.md", "open http://127.0.0.1:8000/sipeci/work/ and var/tmp"
    yield PAGE, '<script src="/static/ui/city.js" defer></script><a href="#face">x</a> &#160; <a href="/x#123">y</a>'


@pytest.mark.parametrize(("rule", "where", "text"), list(planted()))
def test_a_planted_fault_is_named(rule: str, where: str, text: str) -> None:
    assert rule in rules_broken(where, text)


@pytest.mark.parametrize(("where", "text"), list(honest()))
def test_the_honest_line_passes(where: str, text: str) -> None:
    assert rules_broken(where, text) == set()


def test_every_rule_has_a_planted_fault() -> None:
    rules = {rule.__name__ for rule in (*texts.RULES, *code.RULES, code.names)}
    assert rules == {rule for rule, _, _ in planted()}
