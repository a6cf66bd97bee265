"""A child that is killed from outside as often as its question says, then answers; or one that never ends."""

import os
import signal
from pathlib import Path

from city.documents.inspection.child import asked, say, stay_within_bounds

question, content = asked()
struck = Path(question["marks"]) / str(os.getpid())
struck.touch()
if "seconds" in question:
    stay_within_bounds(question["seconds"])
    while True:
        pass
if len(list(struck.parent.iterdir())) <= question["times"]:
    os.kill(os.getpid(), signal.SIGKILL)
say(({"tries": len(list(struck.parent.iterdir()))}, content, b""))
