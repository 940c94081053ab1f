"""On how many random examples a law is tried.

Every run tries the same ones, so that nothing shakes; `./dev test --long` tries twenty times as many, others each
time, begun with the printed seed. No example has a deadline: a busy machine is no counterexample.
"""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

MANY = 20
BUSY = [HealthCheck.too_slow, HealthCheck.data_too_large]

#: What it works out once about letters and our constants; it would put a folder into the project.
set_hypothesis_home_dir(Path(__file__).parents[2] / "var" / "hypothesis")
settings.register_profile(
    "short", derandomize=True, deadline=None, suppress_health_check=BUSY, database=None
)
settings.register_profile(
    "long", settings.get_profile("short"), derandomize=False, max_examples=100 * MANY
)
settings.load_profile("short")  # `--hypothesis-profile long` comes later and wins


def examples(number: int, **more: Any) -> settings:
    """For `@given`: so many examples in a short run."""
    return settings(max_examples=number * settings().max_examples // 100, **more)
