"""A kind of case as data: what it asks, who decides, how long it takes, how it is numbered. Frozen by its hash."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from city.cases.declare.form import Coded, DocumentNeed, Field, Setting, Step
from city.cases.declare.plans import HERE, FeePlan, InspectionPlan
from city.cases.declare.words import Words
from city.kernel.registry import Registry


@dataclass(frozen=True)
class DecisionChain:
    """Offices a decision goes through: each gives its paraf in this order, then the signer signs (office codes)."""

    initials: tuple[str, ...]
    signer: str


@dataclass(frozen=True)
class Numbers:
    """Forms of numbers, with `{ordinal}` (gapless per kind and year) and `{year}`."""

    receipt: str
    decision: str


@dataclass(frozen=True)
class KindSpec:
    """Everything a running case may ask of the version it began with.

    `parts` are what floors above freeze with it (letter, service standard, validity); cases never looks inside.
    `issuer_reference` is the question that asks for the application's number in the national system that issues.
    `automatic`: silence grants when the time is over (UU 30/2014 art. 53). `rules` names the module of `errors_in`
    and `fee_for`, kept as long as a case uses it.
    """

    code: str
    name: Words
    agency: str
    process: str
    rules: str
    numbers: Numbers
    decisions: DecisionChain
    steps: tuple[Step, ...] = ()
    documents: tuple[DocumentNeed, ...] = ()
    reviewers: tuple[str, ...] = ()
    defects: tuple[Coded, ...] = ()
    refusals: tuple[Coded, ...] = ()
    settings: tuple[Setting, ...] = ()
    errors: Mapping[str, Words] = field(default_factory=dict, hash=False)
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    parts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    application_types: tuple[str, ...] = ("new",)
    examined: bool = True
    automatic: bool = True
    inspection: InspectionPlan | None = None
    fee: FeePlan | None = None
    issuer_reference: str = ""

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {one.code: one for step in self.steps for one in step.fields}

    @cached_property
    def needs(self) -> dict[str, DocumentNeed]:
        return {need.code: need for need in self.documents}

    @property
    def needs_identity(self) -> bool:
        """Whether nobody may submit without a NIK the city knows."""
        return any(step.identity or any(f.kind == "nik" for f in step.fields) for step in self.steps)

    def label_of(self, target: str) -> Words:
        """The label of a field or document by its code."""
        found = self.fields.get(target) or self.needs.get(target)
        return found.label if found else Words(target)

    def defect(self, code: str) -> Coded | None:
        return next((one for one in self.defects if one.code == code), None)

    def refusal(self, code: str) -> Coded | None:
        return next((one for one in self.refusals if one.code == code), None)

    def setting(self, name: str, on: date | None = None) -> Setting:
        """The figure that holds on a day, the newest when no day is told. Without one in the kind, the law's own:
        UU 30/2014 art. 53 gives 5 HK. Raises KeyError for a name neither knows."""
        held = [one for one in self.settings if one.name == name and (on is None or one.since <= on.isoformat())]
        return max(held, key=lambda one: one.since) if held else _LAW[name]

    def days(self, name: str, on: date) -> int:
        """A figure in HK as it holds on a day ("sla_days", "correction_days")."""
        return int(self.setting(name, on).value)

    def issuing_system(self, on: date | None = None) -> str:
        """Who issues on a day: HERE, or a national system that is handed the recommendation ("SIMBG")."""
        return str(self.setting("issuing_system", on).value)

    @property
    def sla_days(self) -> int:
        return int(self.setting("sla_days").value)

    @property
    def correction_days(self) -> int:
        return int(self.setting("correction_days").value)

    @property
    def closes_at(self) -> str:
        """The hour after which a receipt counts as the next working day's."""
        return str(self.setting("closes_at").value)


_LAW = {
    one.name: one
    for one in (
        Setting("sla_days", 5, "UU 30/2014 Pasal 53"),
        Setting("correction_days", 10),
        Setting("closes_at", "15:00"),
        Setting("fee", 0),
        Setting("review_days", 3),
        Setting("inspection_days", 5),
        Setting("payment_days", 30),
        Setting("issuing_system", HERE),
    )
}


class KindRules(Protocol):
    """A kind's `v1.py`: pure functions, told the day. `errors_in` gives faults (field, code, facts) whose sentences
    stand under `errors` in the kind's data; `fee_for` gives rupiah. A kind with a fee has `factors_in` as well: what
    its formula is told on that day, by name."""

    def errors_in(self, answers: Mapping[str, str], day: date) -> Any: ...

    def fee_for(self, answers: Mapping[str, str]) -> int: ...

    def factors_in(self, answers: Mapping[str, str], day: date) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class PaperRequest:
    """The decision that is to become a paper. `automatic`: nobody decided, the time was over (e-seal, no signer)."""

    case_id: UUID
    outcome: str
    number: str
    code: str
    automatic: bool
    at: datetime


@dataclass(frozen=True)
class PaperOrder:
    """What documents needs to write the paper: a template on its shelf, its data, and where it can be verified.

    `source` is a letter frozen with the kind's version (spec.files), used instead of the shelf's.
    """

    template: str
    data: dict[str, Any]
    verify_url: str
    source: str = ""


@dataclass(frozen=True)
class Obstacle:
    """A fact outside the form that keeps a case from being granted. `code` goes on record where silence is held back;
    `told` is the applicant's sentence, beside `field`; `desk` is the officers'."""

    code: str
    field: str
    told: Any
    desk: Any


Obstacles = Callable[[UUID, Mapping[str, str], datetime], list[Obstacle]]


@dataclass(frozen=True)
class Kind:
    """A kind on the shelf: its data as frozen into versions, and the two things only the floor above can say.

    `paper` composes the letter of a decision. `obstacles` looks at facts outside the form (three practice places are
    taken, the permit to be renewed was revoked): before submission, and again before anything is granted.
    """

    content: Mapping[str, Any]
    spec: KindSpec
    paper: Callable[[PaperRequest], PaperOrder] | None = None
    obstacles: Obstacles | None = None

    @cached_property
    def hash(self) -> str:
        """What a version is known by: one changed word makes another version."""
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


KINDS: Registry[Kind] = Registry("kind")
