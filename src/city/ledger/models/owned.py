"""Tables that the application may read and never write: its words go through functions that the owner wrote."""

from typing import Any, ClassVar

from django.db import models


class OwnerWritten(models.Model):
    """The app's role gets SELECT only (kernel.grants); rows come from the SQL functions in this app's migrations."""

    owner_written: ClassVar[bool] = True

    class Meta:
        abstract = True


class TransactionId(models.Field):  # type: ignore[type-arg]  # Django cannot be subscripted when it runs
    """The transaction that wrote the row (xid8). The column and not xmin: a savepoint has an xmin of its own."""

    def db_type(self, connection: Any) -> str:
        return "xid8"
