"""Asking the preview without a browser and without a network: one request to the app, and what it answers."""

import asyncio
import re
from html import unescape
from urllib.parse import urlsplit

from attrs import frozen
from starlette.applications import Starlette


@frozen
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def words(self) -> str:
        """What a reader sees of the main part, in one line."""
        main = re.sub(r"<(script|noscript|title|desc)\b.*?</\1>", "", self.body.partition("<main")[2], flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", main.partition(">")[2].partition("</main>")[0])).split())

    @property
    def links(self) -> list[str]:
        """The addresses that the main part links to."""
        return [unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', self.body.partition("<main")[2])]


def ask(app: Starlette, address: str, host: str = "127.0.0.1:8700") -> Answer:
    """Return what the app answers."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", host.encode())] if host else [],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8700),
    }
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    begin, *bodies = sent
    return Answer(
        begin["status"],
        {name.decode(): value.decode() for name, value in begin["headers"]},
        b"".join(one["body"] for one in bodies).decode(),
    )
