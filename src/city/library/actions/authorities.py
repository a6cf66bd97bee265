"""Finding or making the names and subjects that a batch of records heads its titles with."""

from collections.abc import Iterable
from uuid import UUID

from city.library.models import Agent, AgentVariant, Subject, SubjectVariant
from city.library.rules.keys import name_key, title_key
from city.library.rules.names import Authority, Name, Topic


class Names:
    """The agents of one batch by kind and key; a variant's key leads to its agent. New ones wait for `write`."""

    def __init__(self, names: Iterable[Name]) -> None:
        keys = {name.key for name in names}
        self._known = {(agent.kind, agent.key): agent for agent in Agent.objects.filter(key__in=keys)}
        for variant in AgentVariant.objects.filter(key__in=keys).select_related("agent").order_by("id"):
            self._known.setdefault((variant.agent.kind, variant.key), variant.agent)
        self._new: list[Agent] = []
        self._variants: list[AgentVariant] = []

    def of(self, name: Name) -> Agent:
        found = self._known.get((name.kind, name.key))
        if found is None:
            found = Agent(kind=name.kind, name=name.name, dates=name.dates, key=name.key)
            self._known[name.kind, name.key] = found
            self._new.append(found)
        return found

    def establish(self, name: Name, variants: Iterable[str]) -> Agent:
        """An authority record's heading with the forms that lead to it."""
        agent = self.of(name)
        for variant in variants:
            self._variants.append(AgentVariant(agent=agent, name=variant, key=name_key(variant)))
        return agent

    @property
    def established(self) -> set[UUID]:
        """Agents that got another form, so that what is found by their name must be written anew."""
        return {variant.agent_id for variant in self._variants}

    def write(self) -> None:
        Agent.objects.bulk_create(self._new)
        AgentVariant.objects.bulk_create(self._variants, ignore_conflicts=True)


class Topics:
    """The subjects of one batch by scheme and key, as Names does for agents."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        keys = {topic.key for topic in topics}
        self._known = {(one.scheme, one.key): one for one in Subject.objects.filter(key__in=keys)}
        for variant in SubjectVariant.objects.filter(key__in=keys).select_related("subject").order_by("id"):
            self._known.setdefault((variant.subject.scheme, variant.key), variant.subject)
        self._new: list[Subject] = []
        self._variants: list[SubjectVariant] = []

    def of(self, topic: Topic) -> Subject:
        found = self._known.get((topic.scheme, topic.key))
        if found is None:
            found = Subject(kind=topic.kind[:8], scheme=topic.scheme, term=topic.term, key=topic.key)
            self._known[topic.scheme, topic.key] = found
            self._new.append(found)
        return found

    def establish(self, topic: Topic, variants: Iterable[str]) -> Subject:
        subject = self.of(topic)
        for variant in variants:
            self._variants.append(SubjectVariant(subject=subject, term=variant, key=title_key(variant)))
        return subject

    @property
    def established(self) -> set[UUID]:
        return {variant.subject_id for variant in self._variants}

    def write(self) -> None:
        Subject.objects.bulk_create(self._new)
        SubjectVariant.objects.bulk_create(self._variants, ignore_conflicts=True)


def establish(authority: Authority, names: Names, topics: Topics) -> Agent | Subject:
    """What an authority record says, on the shelf it belongs to."""
    if isinstance(authority.heading, Name):
        return names.establish(authority.heading, authority.variants)
    return topics.establish(authority.heading, authority.variants)
