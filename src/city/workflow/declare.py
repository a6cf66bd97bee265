"""Shelves: what is done when a time has come, and who is locked first."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from city.kernel.registry import Registry

# By the timer's name in the file, or by the `action` property it carries ("permits.issue_automatically"). The action
# looks at its subject's rows first: it may be called again after a failure, or late.
TIMERS: Registry[Callable[[UUID, datetime], None]] = Registry("timer")

# By subject kind: lock the subject's own row. The clock calls it before it touches a timer, since everybody else locks
# the case first and its process after; the other order was a deadlock.
LOCKS: Registry[Callable[[UUID], None]] = Registry("subject lock")
