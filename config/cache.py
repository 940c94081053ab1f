"""Django's Redis cache, with one client per process, and with the process's own memory while Valkey does not answer.

Everything kept here may be lost: pages are made anew, offers to a wallet end, a click is the same click only in the
process that saw it. What must not be lost is in PostgreSQL.
"""

import logging
import time
from functools import cached_property
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

PAUSE = 2.0  # seconds before Valkey is asked again; until then nobody waits for it
log = logging.getLogger(__name__)


class OneClient(RedisCacheClient):
    """Making a client costs more than asking Valkey."""

    @cached_property
    def _kept(self) -> Redis:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        """Safe among threads: a client holds no connection, its pool does."""
        return self._kept


class ValkeyCache(RedisCache):
    """`alone` says that this process sees nothing of what the others keep."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
        self._memory = LocMemCache("without-valkey", params)
        self._until = 0.0

    @property
    def alone(self) -> bool:
        return time.monotonic() < self._until

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version=version)

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> Any:
        return self._ask("set", key, value, *args, **options)

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> Any:
        return self._ask("add", key, value, *args, **options)

    def delete(self, key: Any, version: int | None = None) -> Any:
        return self._ask("delete", key, version=version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        return self._ask("incr", key, delta, version=version)

    def touch(self, key: Any, *args: Any, **options: Any) -> Any:
        return self._ask("touch", key, *args, **options)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._ask("get_many", keys, version=version)

    def set_many(self, data: Any, *args: Any, **options: Any) -> Any:
        return self._ask("set_many", data, *args, **options)

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return self._ask("delete_many", keys, version=version)

    def has_key(self, key: Any, version: int | None = None) -> Any:
        return self._ask("has_key", key, version=version)

    def _ask(self, what: str, *args: Any, **options: Any) -> Any:
        if not self.alone:
            try:
                answer = getattr(super(), what)(*args, **options)
            except (NoConnection, NoAnswer) as wrong:
                self._leave(wrong)
            else:
                if self._until:
                    self._come_back()
                return answer
        return getattr(self._memory, what)(*args, **options)

    def _leave(self, wrong: Exception) -> None:
        if not self._until:
            log.warning("Valkey does not answer (%s); every process goes on alone", type(wrong).__name__)  # fmt: skip
        self._until = time.monotonic() + PAUSE

    def _come_back(self) -> None:
        self._until = 0.0
        self._memory.clear()
        log.warning("Valkey answers again")
