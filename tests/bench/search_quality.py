"""`./dev search-quality FILE`: asks the demo's catalogue the questions of a file and counts how often the right course is found."""

import sys
from pathlib import Path

from tests.browser.city import running_city


def main(arguments: list[str]) -> int:
    with running_city("bench", pages=False) as city:
        for each in arguments:
            name = str(Path(each).resolve()) if not each.startswith("-") else each
            if not each.startswith("-"):
                print(each)
                print(
                    city.manage(
                        "search_quality", name, *(a for a in arguments if a.startswith("-"))
                    )
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
