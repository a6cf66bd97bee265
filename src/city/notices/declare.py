"""The shelf of words: upper floors say here how each notice reads; notices itself knows no permit and no book."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from city.kernel.registry import Registry

Facts = Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """How one kind of notice reads. `title`, `body` and `sms` are lazy translations with %(fact)s places.

    `filled` completes the kept facts (ids, codes, dates) with what is shown, in the reader's language: a kind's name,
    a date in words. `sample` is a plausible long set of facts: with it the SMS must fit 160 plain letters in both
    languages, which the shelf's test asks of every entry.
    """

    title: Any
    body: Any
    sms: Any
    sample: Facts
    filled: Callable[[Facts], Facts] = dict
    icon: str = "inbox"


WORDS: Registry[Words] = Registry("notice")
