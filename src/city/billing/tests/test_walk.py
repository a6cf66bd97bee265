"""Bills, payments and refunds in any order: claims are the open bills, the bank is the books ± listed items, always."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from city.billing.tests.make import TestBank, a_treasury
from city.billing.tests.walk import VERBS, Walk, whole
from city.kernel.errors import Refusal


def _machine(walk: Walk) -> type[RuleBasedStateMachine]:
    """Hypothesis chooses the verbs and the dice, and shortens what broke to the fewest steps."""

    class Machine(RuleBasedStateMachine):
        @rule(verb=st.sampled_from(VERBS), seed=st.integers(0, 2**16))
        def press(self, verb: Any, seed: int) -> None:
            walk.dice = random.Random(seed)
            try:
                verb(walk)
            except Refusal:
                return
            walk.done[verb.__name__] = walk.done.get(verb.__name__, 0) + 1

        @invariant()
        def everything_adds_up(self) -> None:
            assert whole() == []

    return Machine


def _walked(bank: TestBank, examples: int, steps: int) -> Walk:
    walk = Walk(a_treasury(), bank, random.Random(0))
    told = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(_machine(walk), settings=told)
    return walk


def test_a_short_walk_adds_up_at_every_step(own_city: str, bank: TestBank) -> None:
    assert sum(_walked(bank, 3, 20).done.values()) > 20


@pytest.mark.slow
def test_a_long_walk_adds_up_at_every_step(own_city: str, bank: TestBank) -> None:
    walk = _walked(bank, 25, 40)
    assert len(walk.done) >= 20, f"too few verbs were ever done: {sorted(walk.done)}"


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_a_random_walk_uses_every_verb_and_adds_up(own_city: str, bank: TestBank, seed: int) -> None:
    walk = Walk(a_treasury(), bank, random.Random(seed))
    for _ in range(250):
        walk.step()
    assert whole() == []
    done = {verb.__name__ for verb in VERBS}
    assert done - set(walk.done) <= {"stay_silent", "agree", "rule"}, sorted(done - set(walk.done))
