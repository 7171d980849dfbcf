"""One rendering for every page that shows the same.

Fifty pages ask within the same second of a push, mostly for the same picture: what one of them was
answered serves all, until anything is published or decided in a meeting, or the day changes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from data.query import queries
from data.record import record

# a part is 3 to 200 kB; this many are the filters of a meeting
KEPT: Final = 128

P = ParamSpec("P")
T = TypeVar("T")
_kept: OrderedDict[Any, asyncio.Future[Any]] = OrderedDict()


def shared(work: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """`work` done once for the same arguments and published data; those who ask meanwhile wait for it.

    Arguments are told apart by their text. A failure is told to those who waited and then forgotten.
    """

    @wraps(work)
    async def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        state = (queries().state(), record().mark())
        key = (work, asyncio.get_running_loop(), state, repr((args, kwargs)))
        found = _kept.get(key)
        if found is None:
            found = _kept[key] = asyncio.ensure_future(work(*args, **kwargs))
            found.add_done_callback(lambda done: _forget_failed(key, done))
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        else:
            _kept.move_to_end(key)
        # one page that goes away must not take the answer from the others
        result: T = await asyncio.shield(found)
        return result

    return answer


def _forget_failed(key: Any, done: asyncio.Future[Any]) -> None:
    if done.cancelled() or done.exception() is not None:
        _kept.pop(key, None)
