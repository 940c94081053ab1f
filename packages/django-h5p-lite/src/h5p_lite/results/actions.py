"""What comes of playing: where somebody stopped, and what they have reached. Scores are counted here, never believed."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from h5p_lite.core.grading import key_of, score_of
from h5p_lite.models import Content, Revision
from h5p_lite.results.models import Attempt
from h5p_lite.results.signals import result_stored
from h5p_lite.signals import tell

MOST_STATE = 256 * 1024  # characters


class TooMuch(ValueError):
    """A state is larger than any content type needs."""


def save_state(content: Content, revision: Revision, *, user: Any, state: Any) -> None:
    """Where `user` stopped in `revision`. Raises TooMuch."""
    text = json.dumps(state, ensure_ascii=False)
    if len(text) > MOST_STATE:
        raise TooMuch
    Attempt.objects.update_or_create(
        content=content, user=user, defaults={"state": text, "shape": revision.shape}
    )


def saved_state(content: Content, *, user: Any) -> str | None:
    """What `user` has saved, if it fits what the content says now."""
    attempts = Attempt.objects.filter(content=content, user=user, shape=content.newest.shape)
    return attempts.exclude(state="").values_list("state", flat=True).first()


def store_result(
    content: Content, revision: Revision, *, user: Any, result: Mapping[str, Any]
) -> Attempt:
    """`result`: {"statement": the final xAPI statement, "parts": what getXAPIData() gave}. A better score is never lost."""
    key = key_of(str(revision.library), revision.params)
    score = score_of(key, result) if key else None
    with transaction.atomic():
        attempt, _new = Attempt.objects.select_for_update().get_or_create(
            content=content, user=user
        )
        attempt.finished_at = timezone.now()
        if (
            attempt.revision_id is None
            or score is None
            or _share(score.raw, score.max) >= _of(attempt)
        ):
            attempt.revision, attempt.statement = revision, dict(result["statement"])
            attempt.score = score.raw if score else None
            attempt.most = score.max if score else None
        attempt.save()
        tell(result_stored, Attempt, attempt=attempt)
    return attempt


def _of(attempt: Attempt) -> float:
    return _share(attempt.score or 0, attempt.most or 1)


def _share(score: float, most: float) -> float:
    return score / most if most else 0
