"""nginx as it is shipped, before processes of the house: two hosts apart, TLS, and a release in the middle of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx

from infra import embedded_postgres
from infra.migrations import migrate
from infra.operations.free import free_port
from infra.operations.tools import INFRA, Failed, run

RESIDENTS: Final = "residents.test"
STAFF: Final = "staff.test"
PATIENCE: Final = 90
STARTED: Final = 60


def before_a_house(nginx: str, openssl: str) -> str:
    """Raises `Failed`."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        plain, tls, *ports = [free_port() for _ in range(5)]
        files = _files(folder, openssl, plain, tls, ports)
        run(nginx, "-t", "-q", "-p", made, "-c", str(files))
        url = embedded_postgres.start(folder / "postgres")
        migrate(url)
        processes = [
            stack.enter_context(_web(url, folder, port, side))
            for port, side in zip(ports, ("residents", "residents", "staff"), strict=True)
        ]
        stack.enter_context(_process([nginx, "-p", made, "-c", str(files), "-g", "daemon off;"]))
        trusted = ssl.create_default_context(cafile=str(folder / "tls_certificate"))
        with httpx.Client(verify=trusted, transport=_Here(trusted, tls)) as browser:
            _two_hosts_apart(browser)
            _only_new_tls(tls)
            asked = _a_release(browser, processes)
    return f"nginx -t; TLS 1.2 and 1.3; each side has its own doors; a process ended amid {asked} requests, none failed"


class _Here(httpx.BaseTransport):
    """Every host is on this machine, at `port`; its name is still what TLS is asked for."""

    def __init__(self, trusted: ssl.SSLContext, port: int) -> None:
        self._under, self._port = httpx.HTTPTransport(verify=trusted), port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["sni_hostname"] = request.url.host
        request.url = request.url.copy_with(host="127.0.0.1", port=self._port)
        return self._under.handle_request(request)


def _two_hosts_apart(browser: httpx.Client) -> None:
    expected = {
        f"https://{RESIDENTS}/status": 200,
        f"https://{RESIDENTS}/": 200,
        f"https://{RESIDENTS}/staff": 404,
        f"https://{RESIDENTS}/metrics": 404,
        f"https://{RESIDENTS}/readyz": 404,
        f"https://{STAFF}/staff": 200,
        f"https://{STAFF}/status": 404,
        f"https://{STAFF}/graphql": 404,
        f"https://{STAFF}/metrics": 404,
    }
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(httpx.TransportError):
            if browser.get(f"https://{RESIDENTS}/status").status_code == 200:  # noqa: PLR2004
                break
        if time.monotonic() > until:
            raise Failed("nothing answers behind nginx")
        time.sleep(0.2)
    got = {url: browser.get(url).status_code for url in expected}
    if got != expected:
        wrong = {url: (status, expected[url]) for url, status in got.items() if status != expected[url]}
        raise Failed(f"answered otherwise than meant (what came, what should): {wrong}")
    told = browser.get(f"https://{RESIDENTS}/status").headers
    if "x-request-id" not in told or "nginx/" in told.get("server", ""):
        raise Failed(f"headers: {dict(told)}")


def _only_new_tls(port: int) -> None:
    for version, is_open in (
        (ssl.TLSVersion.TLSv1_1, False),
        (ssl.TLSVersion.TLSv1_2, True),
        (ssl.TLSVersion.TLSv1_3, True),
    ):
        if _shakes_hands(port, RESIDENTS, version) is not is_open:
            raise Failed(f"{version.name} is {'refused' if is_open else 'taken'}")
    if _shakes_hands(port, "elsewhere.test", ssl.TLSVersion.TLSv1_3):
        raise Failed("a host that is nobody's is answered")


def _shakes_hands(port: int, host: str, version: ssl.TLSVersion) -> bool:
    asked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asked.check_hostname, asked.verify_mode = False, ssl.CERT_NONE
    asked.set_ciphers("ALL:@SECLEVEL=0")
    asked.minimum_version = asked.maximum_version = version
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as line, asked.wrap_socket(line, server_hostname=host):
            return True
    except (ssl.SSLError, OSError):
        return False


def _a_release(browser: httpx.Client, processes: list[subprocess.Popen[bytes]]) -> int:
    """One of two processes ends while people ask; how many were answered."""
    answers: list[int] = []
    ended = threading.Event()

    def asks() -> None:
        while not ended.is_set():
            answers.append(browser.get(f"https://{RESIDENTS}/search").status_code)

    people = [threading.Thread(target=asks) for _ in range(4)]
    for one in people:
        one.start()
    processes[0].send_signal(signal.SIGTERM)
    left = processes[0].wait(PATIENCE)
    asked = len(answers)
    while len(answers) < asked + 20:
        time.sleep(0.05)
    ended.set()
    for one in people:
        one.join()
    if left != 0 or set(answers) != {200}:
        raise Failed(f"ended with {left}; answers: { {one: answers.count(one) for one in set(answers)} }")
    return len(answers)


def _files(folder: Path, openssl: str, plain: int, tls: int, ports: list[int]) -> Path:
    """A certificate for both hosts, and the template filled in for this machine."""
    names = f"subjectAltName=DNS:{RESIDENTS},DNS:{STAFF}"
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(folder / "tls_key")]
    made = ["-x509", "-days", "2", "-subj", "/CN=test", "-addext", names, "-out", str(folder / "tls_certificate")]
    run(openssl, "req", *key, *made)
    given = {f"WEB_{n}": f"127.0.0.1:{port}" for n, port in enumerate(ports[:2], 1)}
    given |= {"STAFF_1": f"127.0.0.1:{ports[2]}", "RESIDENTS_HOST": RESIDENTS, "STAFF_HOST": STAFF, "TLS": str(folder)}
    text = (INFRA / "nginx" / "kurashimado.conf.template").read_text("utf-8")
    text = re.sub(r"\$\{(\w+)\}", lambda blank: given[blank[1]], text)
    text = text.replace("listen 8080", f"listen 127.0.0.1:{plain}").replace("listen 8443", f"listen 127.0.0.1:{tls}")
    text = text.replace("/dev/stdout", str(folder / "access.log")).replace("/dev/stderr", str(folder / "error.log"))
    bodies = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    files = folder / "nginx.conf"
    files.write_text(f"pid {folder}/nginx.pid;\nevents {{}}\nhttp {{\n{bodies}{text}}}\n")
    return files


@contextmanager
def _web(url: str, folder: Path, port: int, side: str) -> Iterator[subprocess.Popen[bytes]]:
    origin = f"https://{STAFF if side == 'staff' else RESIDENTS}"
    given = {"DATABASE_URL": url, "PORT": str(port), "KURASHIMADO_SIDE": side, "KURASHIMADO_ORIGIN": origin}
    given |= {
        "KURASHIMADO_DRAIN_SECONDS": "2",
        "KURASHIMADO_TRUSTED_PROXIES": "127.0.0.1",
        "KURASHIMADO_VAR": str(folder),
    }
    prepared = (
        "import os; from bff import demo_keys as k, settings, wiring; k.make(settings.read(os.environ), wiring.now())"
    )
    environ = {**os.environ, **given}
    run(sys.executable, "-c", prepared, env=environ)
    with _process([sys.executable, "-m", "bff", "web"], environ) as process:
        until = time.monotonic() + STARTED
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/readyz").is_success:
                    break
            time.sleep(0.2)
        yield process


@contextmanager
def _process(command: list[str], environ: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
