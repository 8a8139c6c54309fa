"""What wakes somebody at night: each alarm has its runbook, and asks for figures that the house really tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from bff import app, journeys, tallies, watch
from notifications.push import meters

WATCHING, RUNBOOKS = Path("infra/watching"), Path("infra/operations/runbooks")
BOARDS = sorted((WATCHING / "dashboards").glob("*.json"))
NAME = re.compile(r"\bkurashimado_\w+")
RATIO = re.compile(r"\bkurashimado:\w+:\w+")
TOLD_BY = (app, journeys, tallies, watch, meters)
"""Whoever imports these has every counter of web and worker."""


def rules() -> list[dict[str, Any]]:
    told = yaml.safe_load((WATCHING / "alerts.yml").read_text("utf-8"))
    return [rule for group in told["groups"] for rule in group["rules"]]


def alarms() -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def figures() -> set[str]:
    """Every name of a series, as Prometheus reads it."""
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
    return {f"{one.name}{end}" for one in REGISTRY.collect() for end in endings.get(one.type, ("",))}


def asked() -> Iterator[tuple[str, str]]:
    for rule in rules():
        yield rule.get("alert", rule.get("record", "")), rule["expr"]
    for board in BOARDS:
        for panel in json.loads(board.read_text("utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{board.stem}: {panel['title']}", target["expr"]


def test_each_alarm_has_its_runbook_and_each_runbook_its_alarm() -> None:
    named = {name: rule["annotations"]["runbook"] for name, rule in alarms().items()}
    assert named == {name: f"infra/operations/runbooks/{name}.md" for name in named}
    assert sorted(file.stem for file in RUNBOOKS.glob("*.md")) == sorted(named)
    assert len(named) == len([rule for rule in rules() if "alert" in rule]), "a name twice"


@pytest.mark.parametrize("file", sorted(RUNBOOKS.glob("*.md")), ids=lambda file: file.stem)
def test_a_runbook_says_what_residents_see_where_to_look_what_to_do_and_when_it_is_over(file: Path) -> None:
    text = file.read_text("utf-8")
    for part in (f"# {file.stem}\n", "**Residents see**:", "**Look**", "**Do**", "**Over** when"):
        assert part in text
    named = set(NAME.findall(text))
    assert named <= figures() | {one.name for one in REGISTRY.collect()}
    for link in re.findall(r"`(\.\./[\w./-]+\.md)`", text):
        assert (file.parent / link).resolve().is_file() or link == "../restore.md", link


def test_alarms_and_dashboards_ask_for_figures_that_are_told_and_ratios_that_are_recorded() -> None:
    assert TOLD_BY
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    wrong = {
        where: sorted({*NAME.findall(expr)} - figures() | {*RATIO.findall(expr)} - recorded) for where, expr in asked()
    }
    assert {where: names for where, names in wrong.items() if names} == {}


def test_every_figure_of_sources_journeys_and_broadcasts_is_on_a_dashboard() -> None:
    shown = {name for _, expr in asked() for name in NAME.findall(expr)}
    told = {name for name in figures() if name.startswith("kurashimado_") and not name.endswith(("_sum", "_count"))}
    beside = {"kurashimado_homes_total", "kurashimado_home_seconds_bucket", "kurashimado_exchange_retries_total"}
    beside |= {"kurashimado_exchange_hedged_total", "kurashimado_exchange_shared_total"}
    assert told - shown - beside == set(), "a panel in infra/watching/dashboards"


def test_the_objectives_burn_over_two_windows_each() -> None:
    burns = [rule for name, rule in alarms().items() if "objective" in rule["labels"]]
    assert {rule["labels"]["objective"] for rule in burns} == {"home", "reach", "freshness"}
    for rule in burns:
        assert len(re.findall(r"ratio_rate(\w+) > ", rule["expr"])) == 4
        assert rule["expr"].count(" and ") == 2
