"""Applications that nobody decided in time, by the demo city's own steps: every time of theirs is over.

Started inside the city's environment while its workers sleep.
"""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from city.operate.demo.stories import Story  # noqa: E402
from city.operate.demo.walking import walk  # noqa: E402

LATE = 6


def main() -> None:
    for number in range(LATE):
        place = {"title": f"Penelitian yang terlupa {number}", "until_days": "60"}
        story = Story(f"late-{number}", ("siti", "joko")[number % 2], "surat_penelitian", 12, "review", place)
        walk(story, timezone.now())
        print(story.id)


if __name__ == "__main__":
    main()
