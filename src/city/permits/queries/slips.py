"""What the request just made found wrong or could not keep: said in its own answer, and nowhere after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from city.cases.actions import NotKept
from city.kernel.errors import FieldError
from city.permits.queries.filling import Question


@dataclass(frozen=True)
class Slips:
    """`typed` is what the request carried, by field; shown again where it was not kept. `files` are sentences for files
    that could not be taken, by document."""

    errors: Sequence[FieldError] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentences(self) -> dict[str, str]:
        return {one.field: str(one.sentence) for one in self.errors}

    @property
    def status(self) -> int:
        """409 where another page was first, else 422."""
        return 409 if any(isinstance(one, NotKept) and one.is_overtaken for one in self.errors) else 422

    def unkept(self, name: str) -> str:
        """What was typed and could not be kept; empty where it was, or nothing came."""
        lost = any(isinstance(one, NotKept) and one.field == name for one in self.errors)
        return self.typed.get(name, "") if lost else ""

    def shown_in(self, question: Question) -> Question:
        """The question with its sentence; where nothing was kept, with what she typed over what is stored."""
        name = question.field.code
        if name not in self.sentences:
            return question
        if not any(isinstance(one, NotKept) and one.field == name for one in self.errors):
            return replace(question, error=self.sentences[name])
        return replace(question, value=self.typed.get(name, ""), error=self.sentences[name], drawn=question.drawn[:1])


NO_SLIPS = Slips()
