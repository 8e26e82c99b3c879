"""Gathers single calls into batches: for scorers and stores that are faster many at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batcher(Generic[T, R]):
    """Hands what is submitted one by one to `work` in batches, and each result back to its submitter.

    A batch goes out when it holds `size` parts, or `wait` seconds after its first part: without that, the last parts
    of a crawl would wait for company for ever. At most `in_flight` batches are worked on at a time. `work` returns as
    many results as it got parts, in their order; a result that is an exception is raised at its own submitter, and an
    exception of the whole call at every submitter of the batch.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]],
        *,
        size: int,
        wait: float,
        in_flight: int,
    ) -> None:
        self._work = work
        self._size = size
        self._wait = wait
        self._room = asyncio.Semaphore(in_flight)
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._batches: set[asyncio.Task[None]] = set()

    async def submit(self, part: T) -> R:
        """Return the result for one part, once its batch is done."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._waiting.append((part, future))
        if len(self._waiting) >= self._size:
            self._send()
        elif self._timer is None:
            self._timer = loop.call_later(self._wait, self._send)
        return await future

    async def close(self) -> None:
        """Send what waits, and wait until every batch is done."""
        self._send()
        while self._batches:
            await asyncio.wait(self._batches)

    def _send(self) -> None:
        """Start the work on what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            batch, self._waiting = self._waiting, []
            task = asyncio.get_running_loop().create_task(self._run(batch))
            self._batches.add(task)
            task.add_done_callback(self._batches.discard)

    async def _run(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        """Work on one batch and deliver its results."""
        async with self._room:
            try:
                results = await self._work([part for part, _ in batch])
                pairs = list(zip(batch, results, strict=True))
            except Exception as error:
                pairs = [(entry, error) for entry in batch]
        for (_, future), result in pairs:
            if future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
