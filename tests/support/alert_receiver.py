"""A receiver of alerts as a process to be killed.

    python -m tests.support.alert_receiver http|smtp PORT FILE [ANSWERS]

What it gets is one JSON line each in FILE, written before it answers. ANSWERS are the status codes of the first
answers, such as 500,500; after them everything is accepted.
"""

import asyncio
import base64
import sys
from pathlib import Path

import orjson
from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope

HOST = "127.0.0.1"


class Receiver:
    """Writes down what comes, and answers as it was told."""

    def __init__(self, file: Path, answers: list[int]) -> None:
        self._file = file
        self._answers = answers

    async def take(self, request: web.Request) -> web.Response:
        """Take one request."""
        self._keep(
            {"headers": {f"{name}": value for name, value in request.headers.items()}}, await request.read()
        )
        return web.Response(status=self._answers.pop(0) if self._answers else 204)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take one e-mail."""
        assert isinstance(envelope.content, bytes)
        self._keep({"to": envelope.rcpt_tos}, envelope.content)
        return f"{self._answers.pop(0)} as told" if self._answers else "250 taken"

    def _keep(self, told: dict[str, object], body: bytes) -> None:
        with self._file.open("ab") as file:
            file.write(orjson.dumps({**told, "body": base64.b64encode(body).decode()}) + b"\n")


async def serve(kind: str, port: int, receiver: Receiver) -> None:
    """Serve until killed."""
    if kind == "http":
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/{path:.*}", receiver.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, HOST, port).start()
    else:
        await asyncio.get_running_loop().create_server(lambda: SMTP(receiver, hostname=HOST), HOST, port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    chosen, at_port, to_file, *rest = sys.argv[1:]
    first = [int(code) for code in rest[0].split(",")] if rest else []
    asyncio.run(serve(chosen, int(at_port), Receiver(Path(to_file), first)))
