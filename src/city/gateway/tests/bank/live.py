"""The city's pages in threads of this process, so that a bank in another process can call them over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the answers are what is asserted."""


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def close_request(self, request: object) -> None:
        super().close_request(request)  # type: ignore[arg-type]
        connections.close_all()  # this thread's own


@contextmanager
def a_city() -> Iterator[str]:
    """Its address. Needs `own_city`: the threads see what is committed."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
