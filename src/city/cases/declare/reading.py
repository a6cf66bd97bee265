"""A kind's folder read as data, and data read as a kind: the same way for a folder, a stored version and the admin."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from city.cases.declare.form import Choice, Coded, DocumentNeed, Field, Setting, Step
from city.cases.declare.kind import DecisionChain, KindSpec, Numbers
from city.cases.declare.plans import fee_from, inspection_from
from city.cases.declare.words import Words, words_from
from city.documents.declare import UploadRule

Choices = Mapping[str, Callable[[], Iterable[tuple[str, str]]]]
PROCESS = "process.bpmn"
_OWN = {
    "code", "number_code", "name", "agency", "process", "rules", "number", "receipt", "initials", "signer", "steps",
    "documents",
    "reviewers", "defects", "refusals", "settings", "errors", "files", "application_types", "examined", "automatic",
    "inspection", "fee", "issuer_reference",
}  # fmt: skip


def content_of(folder: Path, *, rules: str, choices: Choices | None = None) -> dict[str, Any]:
    """What is frozen of a kind's folder: kind.toml, process.bpmn, letters (*.typ), the name of its rules module.

    `choices` fills questions that say `choices_from`, so that a version keeps the list as it was.
    """
    data: dict[str, Any] = _plain(tomllib.loads((folder / "kind.toml").read_text(encoding="utf-8")))
    data["process"] = (folder / PROCESS).read_text(encoding="utf-8")
    data["files"] = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.typ"))}
    data["rules"] = rules
    for step in data.get("steps", []):
        for asked in step.get("fields", []):
            source = (choices or {}).get(asked.get("choices_from", ""))
            if source is not None:
                asked["choices"] = [{"value": value, "id": label, "en": label} for value, label in source()]
    return data


def _plain(value: Any) -> Any:
    """TOML as JSON keeps it: days as text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def spec_from(data: Mapping[str, Any]) -> KindSpec:
    """Raises KeyError or TypeError for data that is no kind: a kind is configuration, not input."""
    return KindSpec(
        code=data["code"],
        name=words_from(data["name"]),
        agency=data["agency"],
        process=data["process"],
        rules=data["rules"],
        numbers=_numbers(data),
        decisions=DecisionChain(tuple(data.get("initials", ())), data.get("signer", "")),
        steps=tuple(_step(one) for one in data.get("steps", ())),
        documents=tuple(_need(one) for one in data.get("documents", ())),
        reviewers=tuple(data.get("reviewers", ())),
        defects=tuple(_coded(one) for one in data.get("defects", ())),
        refusals=tuple(_coded(one) for one in data.get("refusals", ())),
        settings=tuple(_setting(one) for one in data.get("settings", ())),
        errors={code: words_from(one) for code, one in data.get("errors", {}).items()},
        files=dict(data.get("files", {})),
        parts={name: value for name, value in data.items() if name not in _OWN},
        application_types=tuple(data.get("application_types", ("new",))),
        examined=bool(data.get("examined", True)),
        automatic=bool(data.get("automatic", True)),
        inspection=inspection_from(data.get("inspection")),
        fee=fee_from(data.get("fee")),
        issuer_reference=data.get("issuer_reference", ""),
    )


def _numbers(data: Mapping[str, Any]) -> Numbers:
    short = data.get("number_code", data["code"].upper())
    receipt = data.get("receipt", {}).get("format", f"SPC-{short}-{{year}}-{{ordinal:06d}}")
    return Numbers(receipt=receipt, decision=data.get("number", {}).get("format", ""))


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        code=data["code"],
        title=words_from(data["title"]),
        lead=words_from(data.get("lead")),
        identity=bool(data.get("identity", False)),
        fields=tuple(_field(one, data["code"]) for one in data.get("fields", ())),
    )


def _field(data: Mapping[str, Any], step: str) -> Field:
    return Field(
        code=data["code"],
        kind=data["type"],
        label=words_from(data["label"]),
        step=step,
        hint=words_from(data.get("hint")),
        optional=bool(data.get("optional", False)),
        needed_when=tuple(sorted(data.get("needed_when", {}).items())),
        choices=tuple(_choice(one) for one in data.get("choices", ())),
        max_length=int(data.get("max_length", 0)),
        from_account=data.get("from_account", ""),
        autocomplete=data.get("autocomplete", ""),
    )


def _choice(data: Mapping[str, Any]) -> Choice:
    return Choice(data["value"], words_from(data), Words(data.get("note_id", ""), data.get("note_en", "")))


def _need(data: Mapping[str, Any]) -> DocumentNeed:
    types: Sequence[str] = data.get("types", ("application/pdf", "image/jpeg", "image/png"))
    rule = UploadRule(
        types=tuple(types),
        max_bytes=int(data.get("max_mb", 10)) * 1_000_000,
        keep_location=bool(data.get("keep_location", False)),
        min_width=int(data.get("min_width", 0)),
        min_height=int(data.get("min_height", 0)),
    )
    return DocumentNeed(
        code=data["code"],
        label=words_from(data["label"]),
        rule=rule,
        hint=words_from(data.get("hint")),
        optional=bool(data.get("optional", False)),
        needed_when=tuple(sorted(data.get("needed_when", {}).items())),
    )


def _coded(data: Mapping[str, Any]) -> Coded:
    return Coded(data["code"], words_from(data["label"]), data.get("article", ""), bool(data.get("free_text", False)))


def _setting(data: Mapping[str, Any]) -> Setting:
    return Setting(
        name=data["name"],
        value=data["value"],
        source=data.get("source", ""),
        since=data.get("from", ""),
        decreed=bool(data.get("decreed", False)),
    )
