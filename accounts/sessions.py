"""Database sessions that know their account, read with one prepared statement instead of the ORM (≈ 1 CPU-ms less)."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models import Session
from tenancy.rows import rows

#: Nobody needs the last use to the minute. A session that another request is writing just now is left alone.
LOAD = """SELECT session_data, coalesce(seen_at < now() - interval '10 minutes', account_id IS NOT NULL)
  FROM accounts_session WHERE session_key = %s AND expire_date > %s"""
TOUCH = """UPDATE accounts_session SET seen_at = now() WHERE session_key =
  (SELECT session_key FROM accounts_session WHERE session_key = %s FOR UPDATE SKIP LOCKED)"""
#: In the session: how the browser called itself when somebody signed in, and when that was.
DEVICE = "device"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        if session := rows(LOAD, [self.session_key, timezone.now()]):
            data, stale = session[0]
            if stale:
                rows(TOUCH, [self.session_key])
            return self.decode(data)
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        agent, begun = data.get(DEVICE) or ("", None)
        return Session(
            session_key=self._get_or_create_session_key(),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=data.get("_auth_user_id"),
            agent=agent,
            begun_at=begun and datetime.fromtimestamp(begun, UTC),
            seen_at=timezone.now(),
        )
