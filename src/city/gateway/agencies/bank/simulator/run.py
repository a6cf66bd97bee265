"""The bank as a running thing: its threads, from start to stop."""

import threading
from dataclasses import dataclass
from pathlib import Path

from city.gateway.agencies.bank.options import ensure_demo_agreement
from city.gateway.agencies.bank.simulator.books import Books
from city.gateway.agencies.bank.simulator.desk import Desk
from city.gateway.agencies.bank.simulator.messenger import Messenger
from city.gateway.agencies.bank.simulator.server import Bank, server
from city.gateway.agencies.bank.simulator.teller import Teller


@dataclass(frozen=True)
class Place:
    """`keys`: the contract's folder, made if missing. `books`: the bank's file. `city`: where payments are told."""

    keys: Path
    books: Path
    city: str
    host: str = "127.0.0.1"
    port: int = 8002


def run(place: Place, stop: threading.Event) -> None:
    """Answers until `stop` is set."""
    agreement = ensure_demo_agreement(place.keys)
    books = Books(place.books)
    messenger = Messenger(agreement, books, place.city)
    desk = server(Bank(Desk(agreement, books), Teller(books)), place.host, place.port)
    threads = [threading.Thread(target=messenger.work), threading.Thread(target=desk.serve_forever)]
    for thread in threads:
        thread.start()
    stop.wait()
    messenger.stop.set()
    desk.shutdown()
    for thread in threads:
        thread.join(5)
    desk.server_close()
