import asyncio

import pytest

from imagescraper.batching import Batcher


class Recorder:
    """Doubles numbers, remembers batches, and how many of them ran at a time."""

    def __init__(self):
        self.batches = []
        self.running = self.most = 0
        self.go = asyncio.Event()
        self.go.set()

    async def work(self, parts):
        self.running += 1
        self.most = max(self.most, self.running)
        self.batches.append(list(parts))
        await self.go.wait()
        self.running -= 1
        return [ValueError(part) if part < 0 else 2 * part for part in parts]


async def test_each_gets_its_own_result():
    recorder = Recorder()
    batcher = Batcher(recorder.work, size=4, wait=0.01, in_flight=2)
    assert await asyncio.gather(*(batcher.submit(number) for number in range(10))) == [2 * n for n in range(10)]
    assert recorder.batches == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


async def test_a_lonely_part_does_not_wait_for_ever():
    batcher = Batcher(Recorder().work, size=100, wait=0.01, in_flight=1)
    assert await asyncio.wait_for(batcher.submit(3), timeout=5) == 6


async def test_an_error_of_one_part_is_its_own():
    batcher = Batcher(Recorder().work, size=3, wait=0.01, in_flight=1)
    results = await asyncio.gather(*(batcher.submit(number) for number in (1, -1, 2)), return_exceptions=True)
    assert results[0] == 2
    assert isinstance(results[1], ValueError)
    assert results[2] == 4


async def test_an_error_of_the_call_reaches_all_of_the_batch():
    async def fail(parts):
        raise OSError("disk full")

    batcher = Batcher(fail, size=2, wait=0.01, in_flight=1)
    results = await asyncio.gather(batcher.submit(1), batcher.submit(2), return_exceptions=True)
    assert [type(result) for result in results] == [OSError, OSError]


async def test_too_few_results_are_an_error():
    async def forget(parts):
        return parts[1:]

    batcher = Batcher(forget, size=2, wait=0.01, in_flight=1)
    results = await asyncio.gather(batcher.submit(1), batcher.submit(2), return_exceptions=True)
    assert all(isinstance(result, ValueError) for result in results)


async def test_no_more_batches_at_a_time_than_allowed():
    recorder = Recorder()
    recorder.go.clear()
    batcher = Batcher(recorder.work, size=1, wait=1, in_flight=2)
    tasks = [asyncio.ensure_future(batcher.submit(number)) for number in range(5)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert recorder.running == 2
    recorder.go.set()
    await asyncio.gather(*tasks)
    assert recorder.most == 2


async def test_closing_sends_what_waits():
    recorder = Recorder()
    batcher = Batcher(recorder.work, size=100, wait=60, in_flight=1)
    task = asyncio.ensure_future(batcher.submit(1))
    await asyncio.sleep(0)
    await batcher.close()
    assert await asyncio.wait_for(task, timeout=5) == 2
    assert recorder.batches == [[1]]


async def test_a_cancelled_submitter_does_not_hurt_the_others():
    batcher = Batcher(Recorder().work, size=2, wait=60, in_flight=1)
    task = asyncio.ensure_future(batcher.submit(1))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.wait_for(batcher.submit(2), timeout=5) == 4
