"""Several processes that act at the same moment, each with its own connection."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections

Act = Callable[[], Any]
SECONDS = 60

_fork = multiprocessing.get_context("fork")


def at_once(acts: Sequence[Act], seconds: float = SECONDS) -> list[str]:
    """Run every act in a process of its own, all at one moment; return "done" or what it raised.

    Whoever is not ready after `seconds` fails the test.
    """
    connections.close_all()  # a child would share the parent's connection
    barrier, answers = _fork.Barrier(len(acts)), _fork.SimpleQueue()

    def work(index: int, act: Act) -> None:
        barrier.wait(SECONDS)
        answers.put((index, _outcome(act)))

    workers = [_fork.Process(target=work, args=pair) for pair in enumerate(acts)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(seconds)
    assert [worker.exitcode for worker in workers] == [0] * len(workers)
    return [answer for _, answer in sorted(answers.get() for _ in acts)]


def _outcome(act: Act) -> str:
    try:
        act()
    except Exception as raised:  # noqa: BLE001  # the test says which ones may be
        return f"{type(raised).__name__}: {raised}"
    return "done"


@contextmanager
def killed_after(seconds: float, act: Callable[[Act], Any]) -> Iterator[None]:
    """Run an act in a process of its own and kill -9 it; the block runs when it is dead.

    The act says when the time begins, by the function it is given.
    """
    connections.close_all()
    begun = _fork.Event()
    worker = _fork.Process(target=act, args=(begun.set,))
    worker.start()
    assert begun.wait(SECONDS)
    time.sleep(seconds)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(SECONDS)
    assert worker.exitcode == -signal.SIGKILL
    yield
