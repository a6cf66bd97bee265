"""Posting rules: two people, dates, and every rule the city ships keeps the books whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from city.kernel.checks import CHECKS
from city.kernel.models import EventRecord
from city.ledger import actions
from city.ledger.actions.load import shipped_rules
from city.ledger.declare import RuleDraft
from city.ledger.models import Account, Line, PostingRule
from city.ledger.tests.make import AT, CLERK, HEAD, a_document, agencies, posted, refused

DRAFT = RuleDraft(
    type="SEWA",
    title="Sewa contoh",
    source="Perda contoh",
    valid_from=date(2026, 1, 1),
    lines=("S finansial D receivable=1.1.04. amount", "S finansial K 7.1.02.02.01.0001 amount"),
)
RENT = {"receivable": "1.1.04.02.01.0001"}


def test_a_rule_counts_when_two_people_agreed(db: None) -> None:
    agencies("BPKAD")
    rule = actions.draft_posting_rule(rule=DRAFT, actor=CLERK, at=AT)
    with refused("ledger.rule_unknown"):
        posted(a_document("SEWA", accounts=RENT))
    with refused("actor.not_permitted", 403):
        actions.review_posting_rule(rule=rule, actor=CLERK, at=AT)
    assert actions.review_posting_rule(rule=rule, actor=HEAD, at=AT)
    assert not actions.review_posting_rule(rule=rule, actor=HEAD, at=AT)
    posted(a_document("SEWA", accounts=RENT))
    assert Line.objects.count() == 2
    names = ("PostingRuleDrafted", "PostingRuleReviewed")
    assert EventRecord.objects.filter(name__in=names).count() == 2


def test_nobody_reviews_her_own_rule(db: None) -> None:
    rule = actions.draft_posting_rule(rule=DRAFT, actor=HEAD, at=AT)
    with refused("ledger.rule_own"):
        actions.review_posting_rule(rule=rule, actor=HEAD, at=AT)
    assert PostingRule.objects.get(pk=rule).reviewed_by == ""


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (DRAFT.lines[:1], "ledger.rule_incomplete"),
        (("S finansial D receivable=1.1.04. amount", "S finansial K 4.1.02.02.01.0001 amount"), "ledger.rule_account"),
        (("S lra D receivable=1.1.04. amount", "S lra K 4.1.02.02.01.0001 amount"), "ledger.rule_account"),
        (("S finansial D 1.1.04.02 amount", "S finansial K 7.1.02.02.01.0001 amount"), "ledger.rule_account"),
        (("S finansial D a=1.1.04.|4. amount", "S finansial K 7.1.02.02.01.0001 amount"), "ledger.rule_account"),
        (("S laba D a=1. amount", "S finansial K 7.1.02.02.01.0001 amount"), "ledger.rule_line"),
    ],
)
def test_a_rule_that_cannot_be_right_is_not_drafted(db: None, lines: tuple[str, ...], code: str) -> None:
    with refused(code):
        actions.draft_posting_rule(rule=replace(DRAFT, lines=lines), actor=CLERK, at=AT)


def test_a_newer_rule_begins_on_its_day(db: None) -> None:
    agencies("BPKAD")
    for first, account in ((date(2026, 1, 1), "7.1.02.02.01.0001"), (date(2026, 11, 1), "7.1.02.01.01.0001")):
        lines = (DRAFT.lines[0], f"S finansial K {account} amount")
        rule = actions.draft_posting_rule(rule=replace(DRAFT, valid_from=first, lines=lines), actor=CLERK, at=AT)
        actions.review_posting_rule(rule=rule, actor=HEAD, at=AT)
    posted(a_document("SEWA", accounts=RENT, value_date=date(2026, 10, 31)))
    posted(a_document("SEWA", accounts=RENT, value_date=date(2026, 11, 1)))
    credited = Line.objects.filter(credit__gt=0).order_by("pk").values_list("account_id", flat=True)
    assert list(credited) == ["7.1.02.02.01.0001", "7.1.02.01.01.0001"]


def test_a_rule_past_its_last_day_is_gone(db: None) -> None:
    agencies("BPKAD")
    draft = replace(DRAFT, valid_until=date(2026, 6, 30))
    rule = actions.draft_posting_rule(rule=draft, actor=CLERK, at=AT)
    actions.review_posting_rule(rule=rule, actor=HEAD, at=AT)
    posted(a_document("SEWA", accounts=RENT, value_date=date(2026, 6, 30)))
    with refused("ledger.rule_unknown"):
        posted(a_document("SEWA", accounts=RENT, value_date=date(2026, 7, 1)))


def test_two_rules_do_not_begin_on_one_day(db: None) -> None:
    drafts = [actions.draft_posting_rule(rule=DRAFT, actor=CLERK, at=AT) for _ in range(2)]
    actions.review_posting_rule(rule=drafts[0], actor=HEAD, at=AT)
    with refused("ledger.rule_twice"):
        actions.review_posting_rule(rule=drafts[1], actor=HEAD, at=AT)


def _named(rule: RuleDraft) -> Iterator[tuple[str, str]]:
    """The first account of the chart that each placeholder may stand for."""
    for line in rule.lines:
        placeholder, named, prefix = line.split()[3].partition("=")
        if named:
            first = prefix.split("|")[0] or ("3.1.01." if placeholder == "debit" else "1.1.04.")
            yield placeholder, Account.objects.filter(code__startswith=first, level=6).order_by("code")[0].code


def test_every_shipped_rule_keeps_the_books_whole(db: None) -> None:
    agencies("BPKAD")
    actions.close_month(year=2025, month=12, actor=HEAD, at=AT)
    for rule in shipped_rules():
        entity = "PPKD" if all(line.startswith("B") for line in rule.lines) else "BPKAD"
        salary = {"gross": 100, "net": 90, "tax": 6, "contributions": 4}
        posted(
            a_document(
                rule.type,
                variant=rule.variant,
                entity=entity,
                audit_year=2025 if rule.audit else None,
                amounts=salary if rule.variant == "ls_salary" else {"amount": 100},
                accounts=dict(_named(rule)),
            )
        )
    assert [said for name, ask in CHECKS.items() if name.startswith("ledger:") for said in ask()] == []
    assert PostingRule.objects.count() == len(list(shipped_rules()))
