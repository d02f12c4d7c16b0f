"""The preview as an ASGI app, and as a server on this machine and nowhere else."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intimacy_kit.authoring import codes
from intimacy_kit.authoring.maps.looks import STYLE
from intimacy_kit.authoring.preview.addresses import Asked
from intimacy_kit.authoring.preview.looking import Look
from intimacy_kit.authoring.preview.pages import Pages
from intimacy_kit.authoring.preview.watching import Desk
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError

__all__ = ["HOST", "app", "bound", "server_of"]

#: The one address it is reached at.
HOST = "127.0.0.1"

_NAMES = frozenset({HOST, "localhost"})
#: A port that was let go of just now is free; on Windows the same option would take a port from others.
_SHARING = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
#: So many ports are tried.
_TRIED = 50

#: The page loads what is its own and nothing else; scripts and styles stand in files of their own.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FILES = {
    "preview.css": "text/css",
    "preview.js": "text/javascript",
    "practice.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def app(root: Path, *, beside: Sequence[Pack] = ()) -> Starlette:
    """Return the preview of the pack in a folder; *beside* are the installed packs.

    The folder is checked at once, and again whenever something in it changes while the app runs. What lies on the
    desk is ``app(...).state.desk``.
    """
    desk = Desk(root, beside)
    routes = _Routes(desk)

    @contextlib.asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(desk.watch())
        yield
        desk.close()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    served = Starlette(
        routes=[
            Route("/", routes.page(lambda pages, look, asked, _: pages.overview(look, asked))),
            Route("/activities/{key:path}", routes.page(Pages.activity)),
            Route("/journeys", routes.page(lambda pages, look, asked, _: pages.journeys(look, asked))),
            Route("/journeys/{key:path}", routes.page(Pages.journey)),
            Route("/map", routes.page(lambda pages, look, asked, _: pages.map(look, asked))),
            Route("/problems", routes.page(lambda pages, look, asked, _: pages.problems(look, asked))),
            Route("/explain/{key}", routes.page(Pages.explain)),
            Route("/changes", routes.changes),
            Route("/page/map.css", _map_style),
            Route("/page/{name}", _file),
        ],
        middleware=[Middleware(_HereOnly)],
        exception_handlers={404: routes.missing},
        lifespan=watching,
    )
    served.state.desk = desk
    return served


def _explanation(code: str) -> str:
    """Return the page of a code as Markdown; nothing where there is none."""
    try:
        return codes.page(code)
    except KitError:
        return ""


class _Routes:
    """What is answered, from what lies on the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages = Pages(_explanation)

    def page(self, make: Callable[[Pages, Look, Asked, str], str | None]) -> Callable[[Request], object]:
        """Return what answers with a page."""

        async def answer(request: Request) -> Response:
            made = make(self._pages, self._desk.look, _asked(request), request.path_params.get("key", ""))
            if made is None:
                raise HTTPException(404)
            return HTMLResponse(made)

        return answer

    async def missing(self, request: Request, _: Exception) -> Response:
        """Answer where there is no such page."""
        return HTMLResponse(self._pages.missing(self._desk.look, _asked(request), request.url.path), 404)

    async def changes(self, request: Request) -> Response:
        """Answer with an event for each change, from the version that the page shows."""
        seen = request.query_params.get("seen", "")

        async def events() -> AsyncIterator[str]:
            yield "retry: 1000\n\n"
            async for version in self._desk.changes(seen):
                yield f"event: changed\ndata: {version}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")


def _asked(request: Request) -> Asked:
    return Asked(dict(request.query_params))


async def _map_style(_: Request) -> Response:
    return Response(f".map svg {{\n{STYLE}\n}}\n", media_type="text/css")


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    data = (files("intimacy_kit.authoring.preview") / "page" / name).read_bytes()
    return Response(data, media_type=_FILES[name])


class _HereOnly:
    """Answers to the names of this machine only: a site that leads its own name here (DNS rebinding) reads nothing."""

    def __init__(self, served: ASGIApp) -> None:
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        served = self._served
        if scope["type"] == "http" and Headers(scope=scope).get("host", "").partition(":")[0] not in _NAMES:
            served = PlainTextResponse(f"This preview is reached at {HOST} only.\n", 421)
        await served(scope, receive, with_headers)


def bound(port: int) -> socket.socket:
    """Return a socket of this machine alone, at a port or the next free one; 0 is any.

    Raises KitError where none of them is free.
    """
    for tried in range(port, min(port + _TRIED, 65536)):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, _SHARING, 1)
        try:
            one.bind((HOST, tried))
            one.listen()
        except OSError:
            one.close()
            continue
        return one
    raise KitError(f"no port from '{port}' to {port + _TRIED - 1} is free; name another one with --port")


class _Server(uvicorn.Server):
    """Lets go of the pages that wait for changes before it waits for all answers to be over."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._desk.close()
        await super().shutdown(sockets)


def server_of(served: Starlette) -> uvicorn.Server:
    """Return what serves the preview, on sockets that are given to its ``run``."""
    config = uvicorn.Config(
        served, log_level="critical", access_log=False, ws="none", server_header=False, timeout_graceful_shutdown=2
    )
    return _Server(config, served.state.desk)
