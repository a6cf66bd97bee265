"""A worker with one fault planted: a listener that fails for one case. Started inside a city's environment.

It gives up after two tries, where the city's own worker tries eight times over some minutes.
"""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from city.kernel import events  # noqa: E402
from city.kernel.events import Event  # noqa: E402
from city.kernel.models import EventRecord  # noqa: E402

EVENT, LISTENER = "CaseSubmitted", "city.permits.listeners.tell_submitted"
WORDS = "dr. Rahasia tidak boleh tercatat"  # an exception may hold personal data: it must not reach the row


def main(case_id: str) -> None:
    sound = events._listeners[EVENT][LISTENER]

    def broken(event: Event, record: EventRecord) -> None:
        if str(event.subject_id) == case_id:
            raise RuntimeError(WORDS)
        sound(event, record)

    events._listeners[EVENT][LISTENER] = broken
    events.PATIENCE = 2
    call_command("work")


if __name__ == "__main__":
    main(sys.argv[1])
