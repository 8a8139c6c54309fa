"""Every setting of the house: one frozen value from the environment, `KURASHIMADO_*`."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bff.settings.identity import IdentitySettings, read_identity
from bff.settings.mail import read_mail_kept
from bff.settings.paper import PaperSettings, read_paper
from bff.settings.payments import PaymentSettings, read_payments
from bff.settings.pushing import PushSettings, read_pushing
from bff.settings.reach import ReachSettings, read_reach
from bff.settings.reading import (
    MASTER_KEY_BYTES,
    Heard,
    Heeding,
    SettingsRefused,
    is_address,
    master_keys,
    names,
    nobody,
    paths,
    seconds,
    versions,
    with_files,
)
from bff.settings.running import RunningSettings, read_running
from bff.settings.security import SecuritySettings, read_security
from bff.settings.signing import SigningSettings, read_signing
from notifications.post.forgetting import Kept

DEMO_KEYS = "demo:" + base64.b64encode(bytes(range(32))).decode()
DEMO_SECRET = base64.b64encode(b"only for the demo city, never for a ward"[:32]).decode()
LOOPBACK = "127.0.0.1"
LONGEST_HANDOVER_MINUTES = 120
"""A counter that has no network cannot be told that a sheet was taken back, so none lives longer."""
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@dataclass(frozen=True)
class Settings:
    """What an operator may choose.

    `master_keys` are `id:base64(32 bytes)`, newest first: the first wraps, all unwrap.
    `refresh_rests`: a source that was asked is not asked again for this resident for so long, whatever she wishes.
    `refresh_within`: by then every source of a home that is asked anew has answered or is called silent.
    `disasters`: folder of the disasters that are declared (infra/disasters); None: nobody declares any here.
    `drop`: folder in which wards on old systems drop files and find theirs (infra/drop); None: none does.
    `files`: folder of the files that come and go through the exchange; shared by all processes.
    `oidc_keys`: the folder of our own keys towards identity providers (`python -m bff keys`), or one PEM file.
    `pairwise_secrets` key the pseudonyms given to wards and services: `version:base64(32 bytes or more)`, newest first,
    one without a version is `1`; none is taken away, or the ids it made are lost.
    `exchange_url`: our security server. `exchange_key`, `exchange_certificate`: PEM files of our information system's
    mutual TLS to it, the certificate registered there; `exchange_roots`: PEM file of what it is trusted by.
    `exchange_instance`, `exchange_services`: the X-Road instance the services are in, and a TOML file of those that are
    addressed otherwise than their manifests say (bff/connectors/addresses.py); None: there are none.
    `authorised_ports`: ids of the connectors that only bodies named by law may call and that this installation may.
    `benefits_url`: the web API of OpenFisca-Japan, a process of our own; empty: not connected.
    `components`: whether /components, the app's living page of parts, is open; not in production unless said.
    `time_stamp_url`: an authority that speaks RFC 3161; empty: none. `time_stamp_roots`: PEM file its stamps lead to.
    `ward_seal_roots`: PEM file of what the seals of wards on documents lead to.
    `evidence_key`, `evidence_certificate`: PEM files of the seal on evidence that is handed out.
    `handover_keys`: files of the keys under hand-over sheets, newest first: the first signs, all are published.
    `inlet_certificate`, `inlet_key`: PEM files of the door for other bodies; `inlet_callers`: who may open it.
    Times are seconds, but for `handover_minutes`, how long such a sheet lives.
    """

    production: bool
    origin: str
    database_url: str
    var: Path
    disasters: Path | None
    drop: Path | None
    files: Path
    assets: Path
    master_keys: tuple[tuple[str, bytes], ...]
    pairwise_secrets: tuple[tuple[str, bytes], ...]
    oidc_issuer: str
    oidc_staff_issuer: str
    oidc_client_id: str
    oidc_keys: Path
    exchange_url: str
    exchange_instance: str
    exchange_services: Path | None
    exchange_client: str
    exchange_key: Path
    exchange_certificate: Path
    exchange_roots: Path
    authorised_ports: frozenset[str]
    benefits_url: str
    vapid_key: Path
    time_stamp_url: str
    time_stamp_roots: Path
    ward_seal_roots: Path
    evidence_key: Path
    evidence_certificate: Path
    handover_keys: tuple[Path, ...]
    handover_minutes: float
    inlet_certificate: Path
    inlet_key: Path
    inlet_callers: Path
    vapid_subject: str
    open_graphql: bool
    components: bool
    refresh_rests: float
    refresh_within: float
    status_every: float
    stalled_after: float
    pool_size: int
    metrics_token: str
    version: str
    identity: IdentitySettings
    security: SecuritySettings
    pushing: PushSettings
    mail_kept: Kept
    signing: SigningSettings
    payments: PaymentSettings
    paper: PaperSettings
    reach: ReachSettings
    running: RunningSettings


def read(environ: Mapping[str, str], heard: Heard | None = None) -> Settings:
    """Settings from `environ`, each also from a file (`…_FILE`); raises `SettingsRefused` naming what is wrong.

    `heard` is told of each name that is looked for, and what holds without it.
    """
    environ = Heeding(with_files(environ), heard or nobody)

    def get(name: str, default: str = "") -> str:
        value = environ.get(f"KURASHIMADO_{name}", default) or default
        if not value:
            raise SettingsRefused(f"KURASHIMADO_{name} is not set")
        return value

    kind = environ.get("KURASHIMADO_ENV") or "demo"
    if kind not in ("demo", "production"):
        raise SettingsRefused("KURASHIMADO_ENV must be demo or production")
    production = kind == "production"
    sandbox = "" if production else environ.get("SANDBOX_ORIGIN", "http://localhost:8001")
    var = Path(get("VAR", "var")).absolute()
    issuer = f"{sandbox}/api/realms" if sandbox else ""
    settings = Settings(
        production=production,
        origin=get("ORIGIN", "" if production else "http://localhost:8000").rstrip("/"),
        database_url=environ.get("DATABASE_URL", ""),
        var=var,
        disasters=Path(declared).absolute() if (declared := environ.get("KURASHIMADO_DISASTERS", "")) else None,
        drop=Path(dropped).absolute() if (dropped := environ.get("KURASHIMADO_DROP", "")) else None,
        files=Path(get("FILES", str(var / "files"))).absolute(),
        assets=Path(get("ASSETS", "pwa/dist")).absolute(),
        master_keys=master_keys(get("MASTER_KEYS", "" if production else DEMO_KEYS)),
        pairwise_secrets=versions("PAIRWISE_SECRET", get("PAIRWISE_SECRET", "" if production else DEMO_SECRET)),
        oidc_issuer=get("OIDC_ISSUER", issuer and f"{issuer}/main"),
        oidc_staff_issuer=get("OIDC_STAFF_ISSUER", issuer and f"{issuer}/staff"),
        oidc_client_id=get("OIDC_CLIENT_ID", "" if production else "KURASHIMADO01"),
        oidc_keys=Path(get("OIDC_KEYS", str(var / "oidc_keys"))),
        exchange_url=get("EXCHANGE_URL", "" if production else "https://localhost:8003").rstrip("/"),
        exchange_instance=get("EXCHANGE_INSTANCE", "TOKYO23"),
        exchange_services=Path(table).absolute()
        if (table := environ.get("KURASHIMADO_EXCHANGE_SERVICES", ""))
        else None,
        exchange_client=get("EXCHANGE_CLIENT", "TOKYO23/COM/900100/kurashimado"),
        exchange_key=Path(get("EXCHANGE_KEY", "" if production else str(var / "exchange_key.pem"))),
        exchange_certificate=Path(get("EXCHANGE_CERTIFICATE", "" if production else str(var / "exchange.pem"))),
        exchange_roots=Path(get("EXCHANGE_ROOTS", "" if production else str(var / "exchange" / "root.pem"))),
        authorised_ports=names(environ.get("KURASHIMADO_AUTHORISED_PORTS", "")),
        benefits_url=environ.get("KURASHIMADO_BENEFITS_URL", "").rstrip("/"),
        vapid_key=Path(get("VAPID_KEY", str(var / "vapid_key.pem"))),
        time_stamp_url=environ.get("KURASHIMADO_TIME_STAMP_URL", "") or (sandbox and f"{sandbox}/tsa"),
        time_stamp_roots=Path(get("TIME_STAMP_ROOTS", str(var / "time_stamps" / "tsa_root.pem"))),
        ward_seal_roots=Path(get("WARD_SEAL_ROOTS", str(var / "ward_seals" / "root.pem"))),
        evidence_key=Path(get("EVIDENCE_KEY", str(var / "evidence_key.pem"))),
        evidence_certificate=Path(get("EVIDENCE_CERTIFICATE", str(var / "evidence.pem"))),
        handover_keys=paths("HANDOVER_KEYS", get("HANDOVER_KEYS", str(var / "handover_key.pem"))),
        inlet_certificate=Path(get("INLET_CERTIFICATE", str(var / "inlet" / "house.pem"))),
        inlet_key=Path(get("INLET_KEY", str(var / "inlet" / "house_key.pem"))),
        inlet_callers=Path(get("INLET_CALLERS", str(var / "inlet" / "authority.pem"))),
        handover_minutes=seconds("HANDOVER_MINUTES", get("HANDOVER_MINUTES", "30")),
        vapid_subject=get("VAPID_SUBJECT", "" if production else "mailto:push@kurashimado.example"),
        components=(environ.get("KURASHIMADO_COMPONENTS") or ("0" if production else "1")) == "1",
        open_graphql=not production and environ.get("KURASHIMADO_OPEN_GRAPHQL", "") == "1",
        refresh_rests=seconds("REFRESH_RESTS", get("REFRESH_RESTS", "5")),
        refresh_within=seconds("REFRESH_WITHIN", get("REFRESH_WITHIN", "8")),
        status_every=seconds("STATUS_EVERY", get("STATUS_EVERY", "300" if production else "5")),
        stalled_after=seconds("STALLED_AFTER", get("STALLED_AFTER", "30")),
        pool_size=int(seconds("POOL_SIZE", get("POOL_SIZE", "10"))),
        metrics_token=environ.get("KURASHIMADO_METRICS_TOKEN", ""),
        version=tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"],
        identity=read_identity(environ, get, production=production, sandbox=sandbox),
        security=read_security(environ, get, production=production, sandbox=sandbox),
        pushing=read_pushing(environ, get, sandbox=sandbox),
        mail_kept=read_mail_kept(get),
        signing=read_signing(environ, get, production=production, sandbox=sandbox),
        payments=read_payments(environ, get, production=production, sandbox=sandbox),
        paper=read_paper(environ, get),
        reach=read_reach(environ, get, production=production, sandbox=sandbox),
        running=read_running(environ, get, production=production),
    )
    return _checked(settings)


def _checked(settings: Settings) -> Settings:
    if any(len(kept) < MASTER_KEY_BYTES for _, kept in settings.pairwise_secrets):
        raise SettingsRefused("KURASHIMADO_PAIRWISE_SECRET must be base64 of at least 32 bytes")
    if not 0 < settings.handover_minutes <= LONGEST_HANDOVER_MINUTES:
        raise SettingsRefused(f"KURASHIMADO_HANDOVER_MINUTES must be at most {LONGEST_HANDOVER_MINUTES}")
    if settings.production:
        _fit_for_production(settings)
    return settings


def _fit_for_production(settings: Settings) -> None:
    if not settings.database_url:
        raise SettingsRefused("DATABASE_URL is not set")
    wires = (
        ("ORIGIN", settings.origin),
        ("OIDC_ISSUER", settings.oidc_issuer),
        ("OIDC_STAFF_ISSUER", settings.oidc_staff_issuer),
        ("EXCHANGE_URL", settings.exchange_url),
        *([("TIME_STAMP_URL", settings.time_stamp_url)] if settings.time_stamp_url else []),
        *(("PUSH_ORIGINS", origin) for origin in settings.pushing.origins),
    )
    for name, address in wires:
        if not is_address(address, "https"):
            raise SettingsRefused(f"KURASHIMADO_{name} must be https in production")
    reckoner = settings.benefits_url
    if reckoner and not is_address(reckoner, "https") and not is_address(reckoner, "http", LOOPBACK):
        raise SettingsRefused("KURASHIMADO_BENEFITS_URL must be https in production, or http on 127.0.0.1")
    demo = master_keys(DEMO_KEYS)[0][1]
    pseudonyms = dict(settings.pairwise_secrets).values()
    if demo in dict(settings.master_keys).values() or base64.b64decode(DEMO_SECRET) in pseudonyms:
        raise SettingsRefused("a demo secret is set in production")
