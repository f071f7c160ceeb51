"""One small HTTP server per process: /metrics, /health/live and /health/ready."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], str | None]
"""Returns None when all is well, else the reason in words; called from the server's thread: no blocking."""


@dataclass(frozen=True, slots=True)
class Handle:
    """A running server; `close` ends it and may be called once."""

    port: int
    server: ThreadingHTTPServer

    def close(self) -> None:
        """Stop answering and free the port."""
        self.server.shutdown()
        self.server.server_close()


def serve(host: str, port: int, ready: Check, live: Check) -> Handle:
    """Answer in a daemon thread until closed.

    Args:
        host: address to bind; loopback unless the settings say otherwise.
        port: 0 takes a free port, which the handle tells.
        ready: why the process should get no work now, or None: 503 or 200.
        live: why the process should be restarted, or None: 503 or 200.

    Raises:
        OSError: the port is in use.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/metrics":
                    self.answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
                case "/health/live":
                    self.say(live())
                case "/health/ready":
                    self.say(ready())
                case _:
                    self.send_error(HTTPStatus.NOT_FOUND, "try /metrics, /health/live or /health/ready")

        def say(self, trouble: str | None) -> None:
            status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
            self.answer(status, "text/plain; charset=utf-8", f"{trouble or 'ok'}\n".encode())

        def answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: a probe every second is no news."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    return Handle(server.server_address[1], server)
