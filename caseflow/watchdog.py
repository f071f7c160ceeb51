"""Kills a child whose own health says that it hangs, so that it is started again."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from caseflow import run_files
from caseflow.guarded import Guarded
from infra.settings import Settings

EVERY_S = 5.0
ANSWER_S = 5.0
RED_IN_A_ROW = 3


async def watch(settings: Settings, process: str, child: Guarded, say: Callable[[str], None]) -> None:
    """Ask a child's /health/live every few seconds until cancelled; kill it when it is red three times."""
    red = 0
    while True:
        await asyncio.sleep(EVERY_S)
        urls = [one.url for one in run_files.written(settings) if one.process == process]
        alive = not urls or await asyncio.to_thread(answers, f"{urls[0]}/health/live")
        red = 0 if alive else red + 1
        if red >= RED_IN_A_ROW:
            say(f"{process} hangs (its /health/live was red {red} times in a row): it is killed")
            child.kill()
            red = 0


def answers(url: str) -> bool:
    """Return whether an address answers 200; blocks for five seconds at most."""
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=ANSWER_S)
    try:
        connection.request("GET", place.path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
