"""`make ops-check`: the files that run the house, each tried by the tool that knows it; what could not be is said.

Nothing here needs the network but the tools' own installation. No container engine is asked for: an image is not built,
but what it would hold is put together in a folder and run (`image`).
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import yaml

from infra.operations.tools import INFRA, ROOT, TOOLS, Failed, NotTried, run, tool

UNITS: Final = {"web@": "8001", "staff@": "8003", "worker@": "8011", "inlet": "", "migrate": ""}
MOST_EXPOSED: Final = 2.0
"""Of ten, as `systemd-analyze security` reckons."""


def dockerfile() -> str:
    run(tool("hadolint", TOOLS), str(INFRA / "Dockerfile"))
    copied = re.findall(r"^COPY (?!--from)(\S+)", (INFRA / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    missing = [path for path in copied if not (ROOT / path).exists()]
    if missing:
        raise Failed(f"copies what is not there: {missing}")
    return "hadolint has nothing to say; all that is copied is there"


def compose() -> str:
    run(tool("check-jsonschema", TOOLS), "--builtin-schema", "vendor.compose-spec", str(INFRA / "compose.yaml"))
    told = yaml.safe_load((INFRA / "compose.yaml").read_text("utf-8"))
    for name, service in told["services"].items():
        strange = [one for one in service.get("networks", {}) if one not in told["networks"]]
        strange += [one for one in service.get("secrets", []) if one not in told["secrets"]]
        strange += [one for one in service.get("depends_on", {}) if one not in told["services"]]
        if strange:
            raise Failed(f"{name} names what is not there: {strange}")
    return f"{len(told['services'])} services fit the schema; every network, secret and service named is there"


def kubernetes() -> str:
    kubectl = tool("kubectl")
    built = {folder: run(kubectl, "kustomize", str(INFRA / "kubernetes" / folder)) for folder in ("base", "ward")}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in built.items():
            (Path(folder) / f"{name}.yaml").write_text(text)
        files = [str(one) for one in Path(folder).glob("*.yaml")]
        run(tool("kubernetes-validate", TOOLS), "--strict", "--no-warn", *files)
    return f"{built['ward'].count('kind:')} objects, strictly by the schemas of Kubernetes"


def systemd() -> str:
    analyze = tool("systemd-analyze")
    with tempfile.TemporaryDirectory() as folder:
        for file in (INFRA / "systemd").glob("*.[st][ea]r*"):
            text = file.read_text("utf-8").replace("/opt/kurashimado/.venv/bin/python", sys.executable)
            (Path(folder) / file.name).write_text(text)
        levels = []
        for unit, instance in UNITS.items():
            made = Path(folder) / f"kurashimado-{unit}{instance}.service"
            made.write_text((Path(folder) / f"kurashimado-{unit}.service").read_text("utf-8"))
            said = run(analyze, "verify", "--man=no", str(made), env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
            if said.strip():
                raise Failed(said.strip())
            levels.append(_exposure(run(analyze, "security", "--offline=true", str(made))))
    if max(levels) > MOST_EXPOSED:
        raise Failed(f"exposure {max(levels)} is above {MOST_EXPOSED}")
    return f"{len(levels)} units verified; exposure at most {max(levels)} of 10"


def _exposure(told: str) -> float:
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    if found is None:
        raise Failed(told[-300:])
    return float(found[1])


def prometheus() -> str:
    promtool, watching = tool("promtool"), INFRA / "watching"
    run(promtool, "check", "rules", str(watching / "alerts.yml"))
    run(promtool, "test", "rules", "alerts.test.yml", cwd=watching)
    run(promtool, "check", "config", "--syntax-only", str(watching / "prometheus.yml"))
    boards = [json.loads(file.read_text("utf-8")) for file in (watching / "dashboards").glob("*.json")]
    asked = [target["expr"] for board in boards for panel in board["panels"] for target in panel["targets"]]
    rules = [{"record": f"panel_{number}", "expr": expr} for number, expr in enumerate(asked)]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}, file)
        file.flush()
        run(promtool, "check", "rules", file.name)
    return f"rules, their tests and {len(asked)} questions of the dashboards are understood"


def scripts() -> str:
    run("bash", "-n", str(INFRA / "postgres" / "10-role.sh"))
    return "the role's script is read by bash"


def nginx() -> str:
    from infra.operations.front import before_a_house

    return before_a_house(tool("nginx", Path("/usr/sbin")), tool("openssl"))


def image() -> str:
    from infra.operations.likeness import as_in_the_image

    return as_in_the_image()


def engine() -> str:
    """Whether an image can be built here at all."""
    run(tool("docker"), "build", "--file", str(INFRA / "Dockerfile"), str(ROOT))
    return "the image is built"


CHECKS: Final[Mapping[str, Callable[[], str]]] = {
    "Dockerfile": dockerfile,
    "compose.yaml": compose,
    "kubernetes": kubernetes,
    "systemd": systemd,
    "prometheus": prometheus,
    "scripts": scripts,
    "nginx": nginx,
    "image": image,
    "engine": engine,
}


def main(wanted: list[str]) -> int:
    """A line a check; 1 when one failed. What could not be tried fails nothing and is said."""
    failed = 0
    for name, check in CHECKS.items():
        if wanted and name not in wanted:
            continue
        try:
            print(f"held       {name}: {check()}", flush=True)
        except NotTried as missing:
            print(f"NOT TRIED  {name}: {missing}", flush=True)
        except Failed as why:
            away = name == "engine" and "daemon" in str(why)
            failed += not away
            print(
                f"NOT TRIED  {name}: no container engine runs here" if away else f"FAILED     {name}: {why}", flush=True
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
