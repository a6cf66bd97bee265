"""The shelf test: every kind that stands here walks its own examples from the form to the signed letter."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from city.cases import actions as cases
from city.cases.declare import HERE, ISSUERS, KINDS, Kind, KindSpec
from city.cases.models import Case, Decision
from city.cases.queries import estimate
from city.documents.queries import paper, verify_pdf
from city.documents.queries.files import content
from city.permits import kinds
from city.permits.declare import letter_facts, parts_of, rules_of, step_words
from city.permits.models import Permit
from city.permits.queries import entry_of, public_drawing, standard_of
from city.permits.rules.standing import Standing, standing_of
from city.permits.tests import make
from city.workflow.rules.blueprint import blueprint_of

CODES = [code for code, kind in KINDS.items() if "product" in kind.spec.parts]
EXAMPLES = [pytest.param(code, one, id=f"{code}: {one['name']}") for code in CODES for one in make.examples(code)]
LETTERS = [code for code in CODES if KINDS[code].spec.issuing_system() == HERE]
WALKS = [one for one in EXAMPLES if one.values[0] in LETTERS]


@pytest.fixture(params=CODES)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def test_there_are_kinds() -> None:
    assert {"sip_dokter", "surat_penelitian", "pemakaian_aset"} <= set(CODES)


def test_a_kind_is_its_folder_alone() -> None:
    """Outside its folder no code of the city names a kind; only the demo city and tests, which use them, may."""
    city = Path(kinds.__file__).parents[2]
    # A charge is the law's, and may be called like the permit it is for: billing has its formula and its public sum.
    apart = {"kinds", "tests", "demo", "locale", "billing"}
    naming = [
        path.relative_to(city).as_posix()
        for path in city.rglob("*")
        if path.suffix in (".py", ".html", ".js") and not apart & set(path.relative_to(city).parts)
        if any(code in path.read_text(encoding="utf-8") for code in CODES)
    ]
    assert naming == []


def test_every_word_stands_in_both_languages(kind: Kind) -> None:
    """A word in one language only would leave an English reader with Indonesian questions, or the other way round."""
    lacking = list(_lacking(kind.content, kind.spec.code))
    assert lacking == []


def _lacking(value: Any, where: str) -> Any:
    if isinstance(value, dict):
        if isinstance(value.get("id"), (str, list)) and not _said_twice(value):
            yield where
        for key, one in value.items():
            if key not in ("process", "files"):
                yield from _lacking(one, f"{where}.{key}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _lacking(one, f"{where}[{place}]")


def _said_twice(words: dict[str, Any]) -> bool:
    first, second = words["id"], words.get("en")
    if not first or not second:
        return False
    return isinstance(first, str) or len(first) == len(second)


def test_steps_are_short(kind: Kind) -> None:
    assert [step.code for step in kind.spec.steps if not 3 <= len(step.fields) <= 7] == []


def test_the_process_is_drawn_for_a_phone(kind: Kind) -> None:
    drawn = public_drawing(kind.spec)
    assert steps_of(kind.spec) <= {node.key for node in drawn.nodes}
    assert max(node.x + node.w for node in drawn.nodes) <= 340
    assert set(step_words(kind.spec)) >= {node.key for node in drawn.nodes if node.label}


def steps_of(spec: KindSpec) -> set[str]:
    """What a drawing must have for what the kind says."""
    reviews = {"review"} if len(spec.reviewers) == 1 else {f"review_{agency.lower()}" for agency in spec.reviewers}
    here = {"draft_decision", "sign", *(f"initial_{n + 1}" for n in range(len(spec.decisions.initials)))}
    return {
        "verify",
        "correct",
        *({"examine"} if spec.examined else ()),
        *reviews,
        *({"inspect"} if spec.inspection else ()),
        *({"assess", "pay"} if spec.fee else ()),
        *(here if spec.issuing_system() == HERE else {"hand_over"}),
    }


def test_tasks_stand_in_the_queues_of_whom_the_kind_names(kind: Kind) -> None:
    """The drawing and the kind say the same: who reviews, who inspects, who assesses."""
    spec, tasks = kind.spec, blueprint_of(kind.spec.process).tasks
    named = {f"review_{agency.lower()}": agency for agency in spec.reviewers}
    named |= {"review": spec.reviewers[0]} if len(spec.reviewers) == 1 else {}
    named |= {"inspect": spec.inspection.agency} if spec.inspection else {}
    named |= {"assess": spec.fee.agency} if spec.fee else {}
    assert {name: tasks[name].agency for name in named if name in tasks} == {
        name: agency for name, agency in named.items() if name in tasks
    }
    paid_for = {"inspect", "assess", "pay"}
    assert paid_for & set(tasks) == paid_for & steps_of(spec)


def test_a_fee_is_worked_out_as_the_example_says(kind: Kind, db: None) -> None:
    plan = kind.spec.fee
    if plan is None:
        return
    assert str(plan.words)
    for example in make.examples(kind.spec.code):
        assert estimate(kind.spec, plan, example["answers"], make.DAY).amount == example["fee"]


def test_the_service_standard_has_fourteen_parts(kind: Kind) -> None:
    parts = standard_of(entry_of(kind.spec))
    assert len(parts) == 14
    assert [part.title for part in parts if not part.lines or not all(part.lines)] == []


def test_figures_name_their_source(kind: Kind) -> None:
    assert [one.name for one in kind.spec.settings if not one.source or not one.since] == []
    assert {"sla_days", "fee", "correction_days"} <= {one.name for one in kind.spec.settings}


def test_figures_of_a_fee_name_their_source(kind: Kind) -> None:
    if kind.spec.fee is not None:
        assert "payment_days" in {one.name for one in kind.spec.settings}


def test_refusals_name_an_article_or_ask_for_words(kind: Kind) -> None:
    assert [one.code for one in kind.spec.refusals if not (one.article or one.free_text)] == []
    assert parts_of(kind.spec).appeal


def test_the_letter_prints_only_what_is_asked(kind: Kind) -> None:
    if kind.spec.issuing_system() == HERE:
        assert letter_facts(kind.spec, dict.fromkeys(kind.spec.fields, "x"))


@pytest.mark.parametrize(("code", "example"), WALKS)
def test_walk(code: str, example: dict[str, Any], desk: make.Desk) -> None:
    """Form, completeness, review, draft, initials, signature, PDF, permit."""
    person = make.a_person(example["answers"]["holder_name"])
    case = make.decided(person, desk, kind=code, given=example["answers"])
    permit = Permit.objects.get(case=case)
    assert case.state == "issued"
    assert permit.valid_until == date.fromisoformat(example["until"])
    assert permit.valid_from == date.fromisoformat(example.get("from", make.DAY.isoformat()))
    assert standing_of(permit.state, permit.valid_from, permit.valid_until, permit.valid_from) is Standing.VALID
    issued = paper(permit.paper_id)
    assert issued.file_id is not None
    assert verify_pdf(content(issued.file_id)).intact


NATIONAL = [one for one in EXAMPLES if one.values[0] not in LETTERS]


@pytest.mark.parametrize(("code", "example"), NATIONAL)
def test_what_another_system_issues_is_handed_to_it(code: str, example: dict[str, Any], desk: make.Desk) -> None:
    """Form, completeness, review, fee, payment; then the other system has it, and nothing was issued here."""
    case = make.paid_for(make.a_person(example["answers"]["holder_name"]), desk, kind=code, given=example["answers"])
    assert case.turn == "hand_over"
    case = cases.hand_over(case_id=case.pk, by=desk.officer, at=make.AT)
    spec = KINDS[code].spec
    there = ISSUERS[spec.issuing_system()].look_up(example["answers"][spec.issuer_reference])
    assert there is not None
    assert (case.state, there.case_id, there.recommended, there.amount) == (
        "handed_over", case.pk, True, example["fee"],
    )  # fmt: skip
    assert not Permit.objects.filter(case=case).exists()
    assert not Decision.objects.filter(case=case).exists()


@pytest.mark.parametrize("code", LETTERS)
def test_refusal_is_written_and_signed(code: str, desk: make.Desk) -> None:
    person = make.a_person()
    case = make.decided(person, desk, kind=code, outcome="refuse", given=make.answers(code))
    assert case.state == "rejected"
    assert not Permit.objects.filter(case=case).exists()
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    assert paper(decision.paper_id).state == "issued"


@pytest.mark.parametrize("code", CODES)
def test_examples_are_right_in_both_languages(code: str) -> None:
    spec = KINDS[code].spec
    for language in ("id", "en"):
        with translation.override(language):
            for example in make.examples(code):
                assert rules_of(spec).fee_for(example["answers"]) == 0
                assert KINDS[code].spec.fields.keys() >= example["answers"].keys()


def test_a_case_keeps_the_version_it_began_with(desk: make.Desk) -> None:
    case = Case.objects.get(pk=make.submitted(make.a_person()).pk)
    assert case.kind_version.hash == KINDS[case.kind].hash
