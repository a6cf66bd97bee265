"""The drawing shows where a case stands, which way it came, and what is still ahead."""

import pytest

from city.ui.rules.flow import Node
from city.workflow import queries
from city.workflow.rules.drawing import joined
from city.workflow.tests.make import EXAMPLE, a_process, moved, returned


def test_a_file_nobody_walks_is_all_ahead() -> None:
    sheet = queries.drawing(EXAMPLE, labels={"sign": "Signature"})
    states = {node.key: (node.state, node.kind) for node in sheet.nodes}
    assert states["verify"] == ("later", "task")
    assert states["is_complete"] == ("later", "gate")
    assert states["lapse"] == ("later", "timer")
    assert states["automatic"] == ("later", "timer")
    assert states["begin"] == ("later", "start")
    assert "Signature" in {node.label for node in sheet.nodes}
    assert sheet.width > 0
    assert sheet.height > sheet.width


@pytest.mark.django_db
def test_the_present_step_stands_out_and_the_way_behind_is_joined() -> None:
    process = moved(a_process(), ("verify", "complete"))
    sheet = queries.diagram(process.pk, subs={"examine": "DPMPTSP"})
    states = {node.key: node.state for node in sheet.nodes}
    assert (states["verify"], states["examine"], states["sign"]) == ("done", "here", "later")
    assert sheet.here == ["Periksa administrasi"]
    assert [n.sub for n in sheet.nodes if n.key == "examine"] == ["DPMPTSP"]
    assert sum(edge.done for edge in sheet.edges) == 3


@pytest.mark.django_db
def test_only_arrows_that_were_gone_along_are_coloured() -> None:
    process = moved(returned(), ("correct", "answered"), ("verify", "complete"), ("examine", "sound"))
    sheet = queries.diagram(process.pk)
    lines = zip(queries.blueprint(process.spec_id).sheet.lines, sheet.edges, strict=True)
    done = {(line.source, line.target) for line, edge in lines if edge.done}
    assert ("is_complete", "correct") in done
    assert ("correct", "verify") in done
    assert ("is_sound", "review") in done
    assert ("is_sound", "correct") not in done
    assert ("lapse", "lapsed") not in done


@pytest.mark.django_db
def test_a_returned_file_stands_at_the_applicant() -> None:
    sheet = queries.diagram(returned().pk)
    assert {n.key for n in sheet.nodes if n.state == "here"} == {"correct"}


def test_flows_that_nobody_drew_are_joined_from_box_to_box() -> None:
    step, below = Node("a", 10, 10, 100, 40, "A"), Node("b", 10, 90, 100, 40, "B")
    gate, aside = Node("g", 50, 90, 20, 20, "", kind="gate"), Node("c", 200, 10, 80, 40, "C")
    assert joined(step, below) == [(60, 50), (60, 90)]
    assert joined(below, step) == [(60, 90), (60, 50)]
    assert joined(step, aside) == [(110, 30), (200, 30)]
    assert joined(gate, aside) == [(70, 100), (240, 100), (240, 50)]
    assert joined(below, aside) == [(60, 90), (60, 30), (200, 30)]
    assert len(queries.drawing(EXAMPLE.replace("bpmndi:BPMNEdge", "bpmndi:Gone")).edges) == len(
        queries.drawing(EXAMPLE).edges
    )
