"""A store that is awaited, for tests that do not: each call runs in an event loop of its own thread."""

import asyncio
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from threading import Thread
from typing import Any, Self

__all__ = ["Awaiting"]


class Awaiting:
    """Has every method of the store it is given, and waits for each; any thread may call them."""

    def __init__(self, store: AbstractAsyncContextManager[Any]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self.store = store

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._wait_for(self.store.__aenter__())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._wait_for(self.store.__aexit__(None, None, None))
        self._end()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.store, name)
        return lambda *given, **named: self._wait_for(method(*given, **named))

    def _wait_for(self, coroutine: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result(60)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
