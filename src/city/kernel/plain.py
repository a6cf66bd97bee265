"""Rows in plain SQL, worded once a process: for what every request asks and every step of a case writes.

Django puts a statement together anew each time it is asked, which was most of what a
step of a case cost (docs/adr/0011). Same tables, fields and conversions; only the wording is remembered.
"""

# ruff: noqa: S608 (names come from our own models; every value is a parameter)
from collections.abc import Collection
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db import DatabaseError, connection, models

M = TypeVar("M", bound=models.Model)
_Model = type[models.Model]
_LOCKS = {"": "", "update": " FOR UPDATE", "change": " FOR NO KEY UPDATE"}


def fetch(model: type[M], /, *, lock: str = "", **equal: object) -> M | None:
    """The one row with these values; None when there is none. `lock` holds it until the transaction ends: "update", or
    "change" when its key stays."""
    found = _asked(_select(model, tuple(equal), lock), model, equal)
    return found[0] if found else None


def fetch_all(model: type[M], /, **equal: object) -> list[M]:
    """All rows with these values, in the order of their keys."""
    return _asked(_select(model, tuple(equal), "", ordered=True), model, equal)


def fetch_many(model: type[M], keys: Collection[object], /) -> dict[Any, M]:
    """Rows by their keys; a key nobody has is left out."""
    told = [_field(model, "pk").get_db_prep_value(key, connection) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(_select_many(model), [told])
        rows = [cast(M, _instance(model, found)) for found in cursor.fetchall()]
    return {row.pk: row for row in rows}


def insert(row: models.Model) -> None:
    """Write a new row; a key that the database gives is put on it. Raises IntegrityError as Django would."""
    model = type(row)
    with connection.cursor() as cursor:
        cursor.execute(_insert(model), [_value(row, field, True) for field in _written(model)])
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def rewrite(row: models.Model, *names: str) -> None:
    """Write these fields of a row that is there, all of them when none is named. Raises DatabaseError otherwise."""
    model = type(row)
    names = names or tuple(field.name for field in _written(model) if not field.primary_key)
    told = [_value(row, model._meta.get_field(name), False) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(_update(model, names), [*told, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{model.__name__} {row.pk} is not there")


def _asked(statement: str, model: type[M], equal: dict[str, object]) -> list[M]:
    told = [_field(model, name).get_db_prep_value(value, connection) for name, value in equal.items()]
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [cast(M, _instance(model, found)) for found in cursor.fetchall()]


def _field(model: _Model, name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _value(row: models.Model, field: Any, adding: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, adding), connection)


@lru_cache(maxsize=256)
def _written(model: _Model) -> tuple[Any, ...]:
    """Fields we give a value: not those the database fills itself."""
    ours = (field for field in model._meta.concrete_fields if not field.has_db_default())
    return tuple(field for field in ours if not isinstance(field, models.AutoField))


@lru_cache(maxsize=256)
def _read(model: _Model) -> tuple[list[str], tuple[tuple[int, Any, Any], ...]]:
    """Names of a row's values, and which of them Django converts by what."""
    fields = model._meta.concrete_fields
    columns = [(place, field.get_col(model._meta.db_table)) for place, field in enumerate(fields)]
    turned = [(place, turn, column) for place, column in columns for turn in column.field.get_db_converters(connection)]
    return [field.attname for field in fields], tuple(turned)


def _instance(model: _Model, found: tuple[Any, ...]) -> models.Model:
    names, turned = _read(model)
    values = list(found)
    for place, turn, column in turned:
        values[place] = turn(values[place], column, connection)
    return model.from_db(connection.alias, names, values)


def _quoted(fields: Any) -> str:
    return ", ".join(f'"{field.column}"' for field in fields)


def _equal(model: _Model, names: tuple[str, ...], between: str) -> str:
    return between.join(f'"{_field(model, name).column}" = %s' for name in names)


@lru_cache(maxsize=256)
def _select(model: _Model, names: tuple[str, ...], lock: str, *, ordered: bool = False) -> str:
    columns = _quoted(model._meta.concrete_fields)
    order = f' ORDER BY "{_field(model, "pk").column}"' if ordered else ""
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {_equal(model, names, " AND ")}{order}{_LOCKS[lock]}'


@lru_cache(maxsize=256)
def _select_many(model: _Model) -> str:
    columns, table, key = _quoted(model._meta.concrete_fields), model._meta.db_table, _field(model, "pk").column
    return f'SELECT {columns} FROM "{table}" WHERE "{key}" = ANY(%s)'


@lru_cache(maxsize=256)
def _insert(model: _Model) -> str:
    fields = _written(model)
    places, key = ", ".join("%s" for _ in fields), _field(model, "pk").column
    return f'INSERT INTO "{model._meta.db_table}" ({_quoted(fields)}) VALUES ({places}) RETURNING "{key}"'


@lru_cache(maxsize=256)
def _update(model: _Model, names: tuple[str, ...]) -> str:
    return f'UPDATE "{model._meta.db_table}" SET {_equal(model, names, ", ")} WHERE {_equal(model, ("pk",), "")}'
