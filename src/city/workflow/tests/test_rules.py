"""What a file may hold, what a condition may say, what a process may know."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from city.workflow.rules.blueprint import BadProcess, blueprint_of, errors_in
from city.workflow.rules.conditions import BadCondition, holds, read
from city.workflow.rules.engine import NotOpen, Stuck, Walk
from city.workflow.rules.facts import PersonalFact, told
from city.workflow.tests.make import EXAMPLE, FORK

HOSTILE = [
    "__import__('os').system('id')",
    "().__class__.__base__.__subclasses__()",
    "outcome.__class__",
    "open('x')",
    "(lambda: 1)()",
    "9**9**9",
    "[x for x in y]",
    "outcome[0]",
    "f'{outcome}'",
    "_secret == 1",
    "1.5 < 2",
    "b'x' == b'x'",
    "a := 1",
    "(" * 200 + "1" + ")" * 200,
    "a == " * 60 + "1",
    "x" * 400,
    "outcome = 'return'",
    "",
    "None == a",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_condition_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(BadCondition):
        read(text)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ('outcome == "return"', {"outcome": "return"}, True),
        ('outcome == "return"', {"outcome": "complete"}, False),
        ('outcome == "return"', {}, False),
        ('outcome in ["return", "ask"] and round < 2', {"outcome": "ask", "round": 1}, True),
        ("round < 2", {}, False),
        ("round < 2", {"round": "many"}, False),
        ("1 <= reviews <= 3", {"reviews": 2}, True),
        ("not foreign or reviews != 0", {"foreign": True, "reviews": 0}, False),
        ("foreign", {"foreign": True}, True),
    ],
)
def test_a_condition_compares_facts(text: str, facts: dict[str, Any], expected: bool) -> None:
    assert holds(text, facts) is expected


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ('<scriptTask id="s"><script>import os</script></scriptTask>', "scriptTask"),
        ('<serviceTask id="s"/>', "serviceTask"),
        ('<callActivity id="s" calledElement="other"/>', "callActivity"),
        ('<businessRuleTask id="s"/>', "businessRuleTask"),
        ('<sendTask id="s"/>', "sendTask"),
        ('<subProcess id="s"><startEvent id="t"/></subProcess>', "sub-process"),
        ('<userTask id="Big Name"/>', "an id is"),
        (
            "<userTask id='s'><extensionElements><spiff:preScript>x=1</spiff:preScript></extensionElements></userTask>",
            "preScript",
        ),
        (
            "<userTask id='s'><multiInstanceLoopCharacteristics><loopCardinality>open('x')</loopCardinality>"
            "</multiInstanceLoopCharacteristics></userTask>",
            "multiInstanceLoopCharacteristics",
        ),
    ],
)
def test_a_file_that_could_run_something_is_refused(planted: str, word: str) -> None:
    bpmn = EXAMPLE.replace("  </process>", planted + "</process>")
    assert any(word in error for error in errors_in(bpmn))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('outcome == "return"', "__import__('os')", "condition"),
        (' default="f_complete"', "", "default"),
        ("<timerEventDefinition>", "<messageEventDefinition>", "not allowed"),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE x [<!ENTITY a "b">]>', "document type"),
        ("</process>", "</proces>", "Not XML"),
        ("<process ", '<process id="two"/><process ', "One process"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_a_sentence(old: str, new: str, word: str) -> None:
    with pytest.raises(BadProcess) as refused:
        blueprint_of(
            EXAMPLE.replace(old, new).replace("</timerEventDefinition>", "</messageEventDefinition>")
            if "message" in new
            else EXAMPLE.replace(old, new)
        )
    assert any(word in error for error in refused.value.errors)


def test_the_example_says_who_does_what_and_which_times_count() -> None:
    plan = blueprint_of(EXAMPLE)
    assert plan.tasks["review"].permission == "permits.review"
    assert plan.tasks["review"].agency == "DINKES"
    assert plan.tasks["correct"].permission == ""
    hosts = {name: timer.host for name, timer in plan.timers.items()}
    assert hosts == {
        "lapse": "correct",
        "remind_5": "correct",
        "remind_2": "correct",
        "warn_3": "",
        "warn_4": "",
        "automatic": "",
    }


def test_a_loop_of_gates_alone_is_stopped() -> None:
    loop = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p">
      <startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="g"/>
      <exclusiveGateway id="g"/><sequenceFlow id="b" sourceRef="g" targetRef="h"/>
      <exclusiveGateway id="h"/><sequenceFlow id="c" sourceRef="h" targetRef="g"/></process></definitions>"""
    with pytest.raises(Stuck):
        Walk.begin(blueprint_of(loop), {})


def test_parallel_reviews_both_count_before_the_way_goes_on() -> None:
    plan = blueprint_of(FORK)
    walk = Walk.begin(plan, {})
    assert walk.open() == ["one", "two"]
    for task, then in (("two", ["one"]), ("one", ["after"]), ("after", [])):
        walk = Walk.resume(plan, json.loads(json.dumps(walk.state())))
        walk.complete(task, {})
        assert walk.open() == then
    assert walk.finished


PLAN = blueprint_of(EXAMPLE)
NAMES = [
    "Raka Pratama",
    "Ni Luh Ayu D'Souza",
    "Sri",
    "3672990101900001",
    "+6281200000001",
    "Jl. Merdeka 1",
    "raka@x.id",
]


@pytest.mark.parametrize("value", [*NAMES, 3672990101900001, 1.5, None, [1], {"a": 1}, b"x", "x" * 60])
def test_what_names_a_person_is_not_a_fact(value: object) -> None:
    with pytest.raises(PersonalFact):
        told({"fact": value})


def test_ids_and_codes_are_facts() -> None:
    some = uuid4()
    facts = {"case": some, "agency": "DINKES", "code": "D1", "outcome": "not_recommended", "round": 2, "ok": True}
    assert told(facts) == {**facts, "case": str(some)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["return", "sound", "complete", "answered"]), max_size=14), st.text(max_size=30))
def test_the_state_holds_codes_and_resumes_where_it_was(outcomes: list[str], said: str) -> None:
    walk = Walk.begin(PLAN, {})
    for outcome in outcomes:
        if not walk.open():
            break
        before = walk.open()
        walk = Walk.resume(PLAN, json.loads(json.dumps(walk.state())))
        assert walk.open() == before
        walk.complete(before[0], told({"outcome": outcome}))
        with pytest.raises(NotOpen):
            walk.complete("no_such_task", {})
    kept = walk.state()
    assert set(kept) == {"done", "tasks"}
    for token in kept["tasks"]:
        assert set(token) <= {"n", "s", "p", "d", "i"}
        assert told(token.get("d", {})) == token.get("d", {})
    if said not in {"outcome"} and " " in said:
        with pytest.raises(PersonalFact):
            told({"fact": said})
