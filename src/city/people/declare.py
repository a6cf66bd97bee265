"""The shelf where upper floors say what they look at people's data for, in words people understand."""

from typing import Any

from city.kernel.registry import Registry

# code ("permits.verify") → lazy words after "untuk": _("memeriksa permohonan izin")
PURPOSES: Registry[Any] = Registry("purpose of looking at a person's data")
