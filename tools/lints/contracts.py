"""Import contracts that import-linter does not ship: front doors between apps, and the order inside a room.

Its `protected` contract let an import through a back door pass, and its `layers` contract wants every room named anew.
"""

from collections.abc import Iterator

from grimp import ImportGraph, Layer
from importlinter import Contract, ContractCheck, fields, output

TESTS = "tests"


def rooms_of(graph: ImportGraph) -> list[str]:
    """Every app under the root package, e.g. "city.people"."""
    return sorted(child for child in graph.find_children("city") if graph.find_children(child))


class FrontDoors(Contract):
    """An app imports of another app only the modules named as doors; nobody but tests imports tests."""

    type_name = "front_doors"
    doors = fields.ListField(subfield=fields.StringField())
    open_apps = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            f"{importer} -> {imported}"
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._round_the_back(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _round_the_back(self, importer: str, imported: str) -> bool:
        here, there = importer.split("."), imported.split(".")
        if there[0] != "city" or len(there) < 3 or TESTS in here:
            return False
        if TESTS in there:
            return True
        if here[:2] == there[:2] or there[1] in list(self.open_apps) or there[2] in list(self.doors):  # type: ignore[call-overload]
            return False
        return f"{importer} -> {imported}" not in list(self.allowed)  # type: ignore[call-overload]

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"{line}: not a front door")


class RoomOrder(Contract):
    """Inside every app the same names in the same order, roof to ground; a module with another name must be placed.

    `rows`: names on one row separated by " | ", top row first. `beside`: "app.module = a name of its row" for a room's
    own engine. `free`: apps with an order of their own.
    """

    type_name = "room_order"
    rows = fields.ListField(subfield=fields.StringField())
    beside = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    free = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    ignored = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = []
        for room in rooms_of(graph):
            if room.split(".")[1] not in list(self.free):  # type: ignore[call-overload]
                rows = self._rows_of(room)
                broken += [*self._unplaced(graph, room, rows), *self._upward(graph, room, rows)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _rows_of(self, room: str) -> list[set[str]]:
        rows = [set(row.split(" | ")) for row in self.rows]  # type: ignore[attr-defined]
        for line in self.beside:  # type: ignore[attr-defined]
            module, row = line.split(" = ")
            app, _, name = module.partition(".")
            if f"city.{app}" == room:
                next(names for names in rows if row in names).add(name)
        return rows

    def _unplaced(self, graph: ImportGraph, room: str, rows: list[set[str]]) -> Iterator[str]:
        known = {name for row in rows for name in row} | set(self.ignored)  # type: ignore[call-overload]
        for child in sorted(graph.find_children(room)):
            if child.rsplit(".", 1)[1] not in known:
                yield f"{child} has no place in the room's order"

    def _upward(self, graph: ImportGraph, room: str, rows: list[set[str]]) -> Iterator[str]:
        tests = {module for module in graph.modules if TESTS in module.split(".")}
        for module in tests:
            graph.remove_module(module)
        layers = [Layer(*row, independent=False) for row in rows]
        for found in graph.find_illegal_dependencies_for_layers(layers=layers, containers={room}):
            for route in found.routes:
                chain = [*sorted(route.heads)[:1], *route.middle, *sorted(route.tails)[:1]]
                yield f"{' -> '.join(chain)}: upward"

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line)
