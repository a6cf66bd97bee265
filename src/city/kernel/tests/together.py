"""Deeds done at the same moment over real connections: for every race the city promises to stand."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connections

from city.kernel.errors import Refusal

Deed = Callable[[], object]


def at_once(deeds: Sequence[Deed]) -> list[str]:
    """Run the deeds at the same moment, each on its own connection; "done", or the code of its refusal."""
    gate, said = Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int, deed: Deed) -> None:
        gate.wait()
        try:
            deed()
            said[place] = "done"
        except Refusal as refusal:
            said[place] = refusal.code
        except Exception as error:
            said[place] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
