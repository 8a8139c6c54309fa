"""The files that run the house: who may read what, what is restarted with what, and who is believed."""

from __future__ import annotations

import os
import re
import subprocess
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

INFRA = Path("infra")
COMPOSE: dict[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text("utf-8"))
READERS = "10001"
"""The group of the files in infra/secrets."""


@pytest.mark.parametrize("unit", ["web@", "staff@", "worker@", "inlet"])
def test_to_migrate_again_restarts_nobody_who_answers(unit: str) -> None:
    """systemd hands a restart on along Requires=, along Wants= never; the order is After='s."""
    told = (INFRA / "systemd" / f"kurashimado-{unit}.service").read_text("utf-8")
    names = {
        key: " ".join(re.findall(rf"^{key}=(.+)$", told, re.MULTILINE))
        for key in ("After", "Wants", "Requires", "BindsTo")
    }
    assert {key for key, units in names.items() if "kurashimado-migrate.service" in units} == {"After", "Wants"}


def test_whoever_is_given_secrets_is_in_the_group_that_may_read_them() -> None:
    given = {name: service for name, service in COMPOSE["services"].items() if service.get("secrets")}
    assert {"database", "nginx", "web-1", "migrate"} <= set(given)
    for name, service in given.items():
        groups = [service.get("user", "").partition(":")[2], *service.get("group_add", [])]
        assert READERS in groups, name


def test_the_database_has_room_for_every_process_at_its_fullest() -> None:
    """Three pools of ten each: the house's, its overflow, and the one for what is asked often."""
    processes = [one for one in COMPOSE["services"].values() if one.get("image", "").startswith("kurashimado:")]
    most = re.search(r"max_connections=(\d+)", " ".join(COMPOSE["services"]["database"].get("command", [])))
    assert most
    assert int(most[1]) > len(processes) * 30


def test_without_a_password_that_can_be_read_no_role_is_made(tmp_path: Path) -> None:
    psql = tmp_path / "psql"
    psql.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\n")
    psql.chmod(0o755)
    path = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", str(INFRA / "postgres" / "10-role.sh")], env=path, capture_output=True, check=False)
    assert done.returncode != 0
    assert not (tmp_path / "asked").exists()


def test_what_a_ward_fills_in_gets_neither_into_the_repository_nor_into_an_image() -> None:
    theirs = ["infra/secrets/master_keys", "infra/production.env"]
    kept_out = subprocess.run(["git", "check-ignore", *theirs], capture_output=True, text=True, check=False)
    assert kept_out.stdout.split() == theirs
    lines = (INFRA / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {"infra/secrets", "infra/production.env"} <= set(lines[lines.index("!infra") :])


def test_a_town_hall_behind_one_address_is_not_shut_out_by_nginx() -> None:
    told = (INFRA / "nginx" / "kurashimado.conf.template").read_text("utf-8")
    assert "limit_conn_status 429;" in told
    assert [int(most) >= 2000 for most in re.findall(r"limit_conn each (\d+);", told)] == [True, True]


def test_of_a_cluster_only_the_network_of_its_pods_is_believed() -> None:
    told = yaml.safe_load((INFRA / "kubernetes" / "ward" / "settings.yaml").read_text("utf-8"))["data"]
    assert ip_network(told["KURASHIMADO_TRUSTED_PROXIES"]).prefixlen >= 16
