"""`python -m bff`: run, web, inlet, worker, migrate, demo, evidence, exchange, connector, facilities, flow, service,
keys, paper, reach, secrets, sender, settings, backup, restore."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bff import serving, settings, watch, wiring
from bff.exchange import under
from bff.exchange.incoming import keys
from infra import benefits
from infra.migrations import NotBound, bound, migrate

PORT = int(os.environ.get("PORT", "8000"))
SANDBOX_PORT = int(os.environ.get("SANDBOX_PORT", "8001"))
EXCHANGE_PORT = int(os.environ.get("EXCHANGE_PORT", "8003"))
INLET_PORT = int(os.environ.get("INLET_PORT", "8004"))
MAIL_PORT = int(os.environ.get("MAIL_PORT", "8005"))
BENEFITS_PORT = int(os.environ.get("BENEFITS_PORT", "8002"))
PATIENCE = 180
DESKS = {
    "backup": "bff.keeping.backup",
    "restore": "bff.keeping.restore",
    "evidence": "bff.evidence",
    "exchange": "bff.exchange_desk",
    "connector": "bff.kit.command",
    "facilities": "bff.facilities_desk",
    "flow": "bff.flow",
    "keys": "bff.keys_desk",
    "paper": "bff.paper_desk",
    "secrets": "bff.secrets_desk",
    "reach": "bff.reach_desk",
    "sender": "bff.senders_desk",
    "service": "bff.service_desk",
    "settings": "bff.settings_desk",
}
"""The module of each, read only when it is called for: all of them together take seconds."""
FILLED_BY = (
    "bff.demo",
    "bff.demo_places",
    "bff.demo_bookings",
    "bff.demo_money",
    "bff.demo_school",
    "bff.demo_desk",
    "bff.demo_senders",
    "bff.demo_mail",
)
PLAIN = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")


def main(arguments: list[str]) -> int:
    """The process named by the first argument; the exit status."""
    commands = {"run": run, "web": web, "inlet": inlet, "worker": work, "migrate": bring_up_to_date, "demo": fill_demo}
    parser = argparse.ArgumentParser(prog="python -m bff", description=__doc__)
    parser.add_argument("command", choices=sorted([*commands, *DESKS]))
    try:
        if arguments and arguments[0] in DESKS:
            _join_the_city()
            return int(importlib.import_module(DESKS[arguments[0]]).main(arguments[1:]))
        commands[parser.parse_args(arguments).command]()
    except (settings.SettingsRefused, NotBound) as refused:
        print(f"kurashimado: {refused}", file=sys.stderr)
        return 2
    return 0


def web() -> None:
    """The web process, on HOST and PORT; what is wrong with its settings is told here, not in the depth of a worker."""
    chosen = settings.read(os.environ)
    wiring.catalogue_of(chosen)
    wiring.addresses_of(chosen)
    under.in_order(chosen)
    wiring.seal_of(chosen, wiring.now)
    wiring.providers_of(chosen)
    watch.speak_json()
    workers = int(os.environ.get("WEB_PROCESSES", "1"))
    address = os.environ.get("HOST", "127.0.0.1")
    serving.serve("bff.app:create", address, PORT, drain=chosen.running.drain, workers=workers)


def inlet() -> None:
    """The door for other bodies, on INLET_HOST and INLET_PORT; only a certificate of INLET_CALLERS opens it."""
    chosen = settings.read(os.environ)
    certificate, key, callers = keys.files_of(chosen)
    wiring.catalogue_of(chosen)
    watch.speak_json()
    address = os.environ.get("INLET_HOST", "127.0.0.1")
    tls: dict[str, Any] = {"ssl_cert": certificate, "ssl_key": key, "ssl_ca": callers, "ssl_client_verify": True}
    serving.serve("bff.inlet.process:create", address, INLET_PORT, **tls)


def work() -> None:
    """The worker process."""
    chosen = settings.read(os.environ)
    under.in_order(chosen)
    from bff import worker

    asyncio.run(worker.work(chosen))


def bring_up_to_date() -> None:
    """Run the migrations that the database has not had."""
    chosen = settings.read(os.environ)
    if chosen.production:
        bound(chosen.database_url)
    migrate(chosen.database_url)


def fill_demo() -> None:
    """Made-up contacts for the address book of the demo city, and its facilities."""
    _fill(_demo_settings())


def run() -> None:
    """The demo city on one machine: database, stand-ins, web and worker; ends with Ctrl-C."""
    from bff import demo, demo_keys, demo_providers

    if os.environ.get("KURASHIMADO_ENV") == "production":
        raise settings.SettingsRefused("`run` is the demo city; in production run `migrate`, `web` and `worker`")
    os.environ.setdefault("SANDBOX_ORIGIN", f"http://localhost:{SANDBOX_PORT}")
    os.environ.setdefault("KURASHIMADO_EXCHANGE_URL", f"https://localhost:{EXCHANGE_PORT}")
    os.environ.setdefault("KURASHIMADO_ORIGIN", f"http://localhost:{PORT}")
    os.environ.setdefault("KURASHIMADO_MAIL_URL", f"smtp+plain://127.0.0.1:{MAIL_PORT}")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _embedded_database()
    reckoner = benefits.command(BENEFITS_PORT)
    if reckoner:
        os.environ.setdefault("KURASHIMADO_BENEFITS_URL", f"http://127.0.0.1:{BENEFITS_PORT}")
    var = Path(os.environ.get("KURASHIMADO_VAR", "var")).absolute()
    os.environ.setdefault("KURASHIMADO_PROVIDERS", str(var / demo_providers.FILE))
    chosen = _demo_settings()
    demo_keys.make(chosen, wiring.now())
    demo_providers.write(chosen.var, os.environ["SANDBOX_ORIGIN"], wiring.catalogue_of(chosen).wards)
    migrate(chosen.database_url)
    _fill(chosen)
    with _beside(reckoner), _children(chosen) as children:
        _wait_for(f"http://localhost:{SANDBOX_PORT}/healthz", children)
        _wait_for(f"http://localhost:{PORT}/readyz", children)
        print(demo.welcome(chosen.origin, os.environ["SANDBOX_ORIGIN"]), flush=True)
        _until_one_ends(children)


def _fill(chosen: settings.Settings) -> None:
    for name in FILLED_BY:
        asyncio.run(importlib.import_module(name).fill(wiring.build(chosen)))


def _demo_settings() -> settings.Settings:
    chosen = settings.read(os.environ)
    if chosen.production:
        raise settings.SettingsRefused("made-up people do not belong into production")
    return chosen


def _embedded_database() -> str:
    from infra import embedded_postgres

    return embedded_postgres.start(Path(os.environ.get("KURASHIMADO_VAR", "var")).absolute() / "postgres")


def _join_the_city() -> None:
    """A desk beside `run` finds the city's database by itself, as README says its commands."""
    told = ("DATABASE_URL", "DATABASE_URL_FILE")
    runs = Path(os.environ.get("KURASHIMADO_VAR", "var"), "postgres", "postmaster.pid").is_file()
    if runs and not any(os.environ.get(one) for one in told) and os.environ.get("KURASHIMADO_ENV") != "production":
        os.environ["DATABASE_URL"] = _embedded_database()


@contextlib.contextmanager
def _children(chosen: settings.Settings) -> Iterator[list[subprocess.Popen[bytes]]]:
    sandbox = {
        "SANDBOX_PORT": str(SANDBOX_PORT),
        "SANDBOX_CLIENT_JWKS": str(chosen.var / "client_jwks.json"),
        "SANDBOX_CLIENT_ORIGIN": chosen.origin,
        "EXCHANGE_PORT": str(EXCHANGE_PORT),
        "MAIL_PORT": str(MAIL_PORT),
        "SANDBOX_EXCHANGE_KEYS": str(chosen.exchange_roots.parent),
        "SANDBOX_EXCHANGE_CLIENT": str(chosen.exchange_certificate),
        "SANDBOX_WARD_SEAL_KEYS": str(chosen.ward_seal_roots.parent),
        "SANDBOX_TIME_STAMP_KEYS": str(chosen.time_stamp_roots.parent),
        "SANDBOX_INLET": f"https://localhost:{INLET_PORT}",
        "SANDBOX_INLET_KEYS": str(chosen.inlet_certificate.parent),
    }
    commands = [["-m", "infra.sandbox"], ["-m", "bff", "web"], ["-m", "bff", "inlet"], ["-m", "bff", "worker"]]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    children = [subprocess.Popen([sys.executable, *each], env={**os.environ, **sandbox}) for each in commands]
    try:
        yield children
    except KeyboardInterrupt:
        print("closing", flush=True)
    finally:
        _end(children)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def _plain(environ: Mapping[str, str]) -> dict[str, str]:
    """What any programme needs to start; no key, address or secret of the house."""
    return {name: environ[name] for name in PLAIN if name in environ}


@contextlib.contextmanager
def _beside(command: list[str] | None) -> Iterator[None]:
    """A process the city goes on without, whether it cannot be started, ends early or is not there at all."""
    child = None
    if command is not None:
        with contextlib.suppress(OSError):
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_plain(os.environ))
    try:
        yield
    finally:
        if child is not None:
            _end([child])


def _wait_for(url: str, children: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _fail_if_one_ended(children)
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    sys.exit(f"kurashimado: {url} did not answer in {PATIENCE} s")


def _until_one_ends(children: list[subprocess.Popen[bytes]]) -> None:
    while True:
        _fail_if_one_ended(children)
        time.sleep(0.5)


def _fail_if_one_ended(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is not None:
            sys.exit(f"kurashimado: {' '.join(map(str, child.args[1:]))} ended with {child.returncode}")  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
