"""Conditions on the arrows of a drawing: comparisons of facts, read by our own small interpreter; nothing is executed.

`outcome == "return"`, `reviews >= 2 and agency in ["DINKES", "DLH"]`. No calls, no attributes, no arithmetic.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from city.workflow.rules.facts import Fact

LONGEST, MOST_PARTS = 300, 40

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_ALLOWED = (
    *_COMPARE,
    ast.Expression,
    ast.Compare,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.Name,
    ast.Load,
    ast.Constant,
    ast.List,
    ast.Tuple,
)


class BadCondition(ValueError):
    """This condition may not stand in a drawing; the message says why."""


@lru_cache(maxsize=1024)
def read(text: str) -> ast.expr:
    """The condition's tree. Raises BadCondition for anything but comparisons of facts and constants."""
    if len(text) > LONGEST:
        raise BadCondition(f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadCondition("not a comparison") from error
    parts = list(ast.walk(tree))
    if len(parts) > MOST_PARTS:
        raise BadCondition(f"more than {MOST_PARTS} parts")
    for part in parts:
        _check(part)
    return tree.body


def _check(part: ast.AST) -> None:
    if not isinstance(part, _ALLOWED):
        raise BadCondition(f"{type(part).__name__} is not allowed")
    if isinstance(part, ast.Name) and part.id.startswith("_"):
        raise BadCondition("a fact's name begins with a letter")
    if isinstance(part, ast.Constant) and not isinstance(part.value, (str, int, bool)):
        raise BadCondition("a constant is a text, a whole number, True or False")


def holds(text: str, facts: Mapping[str, Fact]) -> bool:
    """Whether the condition holds. A fact nobody told equals nothing and is neither more nor less than anything."""
    return bool(_value(read(text), facts))


def _value(part: ast.expr, facts: Mapping[str, Fact]) -> object:
    if isinstance(part, ast.Constant):
        return part.value
    if isinstance(part, ast.Name):
        return facts.get(part.id)
    if isinstance(part, (ast.List, ast.Tuple)):
        return [_value(item, facts) for item in part.elts]
    if isinstance(part, ast.UnaryOp):
        return not _value(part.operand, facts)
    if isinstance(part, ast.BoolOp):
        values = (_value(item, facts) for item in part.values)
        return all(values) if isinstance(part.op, ast.And) else any(values)
    if isinstance(part, ast.Compare):
        return _compared(part, facts)
    raise BadCondition(type(part).__name__)


def _compared(part: ast.Compare, facts: Mapping[str, Fact]) -> bool:
    left = _value(part.left, facts)
    for sign, other in zip(part.ops, part.comparators, strict=True):
        right = _value(other, facts)
        try:
            if not _COMPARE[type(sign)](left, right):
                return False
        except TypeError:
            return False
        left = right
    return True
