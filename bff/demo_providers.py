"""The IDs that residents of the demo city may link; in production an operator writes such a file herself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from life_events.catalogue import Ward

FILE: Final = "providers.toml"
CLIENT: Final = "kurashimado"
SECRET: Final = "only-for-the-made-up-city"  # noqa: S105 - the stand-ins' own
_CLAIMS: Final = {
    "email": ("メールアドレス", "メールアドレス", "E-mail address"),
    "name": ("表示名", "そこで 使っている 名前", "Display name"),
    "customer_number": ("お客様番号", "お客さまの 番号", "Customer number"),
    "guardian_number": ("保護者番号", "ほごしゃの 番号", "Guardian's number"),
    "nursery": ("利用している園", "つかっている 園", "Nursery"),
    "account_number": ("マイページの利用者番号", "マイページの 番号", "Account number of the ward's page"),
}


def write(folder: Path, sandbox: str, wards: Mapping[str, Ward]) -> Path:
    """The file, which names the stand-ins at `sandbox`; `wards` by code."""
    secret = folder / "providers_secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    basic = f'client_auth = "client_secret_basic"\nclient_secret_file = "{secret}"\n'
    parts = [
        _entry(sandbox, "machi-message", "openid profile email", ("まちメッセージ",) * 2 + ("Machi Message",), basic)
        + _link("message", ("name", "email")),
        _entry(sandbox, "akari-denryoku", "openid customer", ("あかり電力 マイページ",) * 2 + ("Akari Power",), basic)
        + _link("supply", ("customer_number", "email")),
        _entry(sandbox, "himawari-hoiku", "openid guardian", ("ひまわり保育 保護者ID",) * 2 + ("Himawari",), basic)
        + _link("nursery", ("guardian_number", "nursery")),
    ]
    for code, ward in wards.items():
        names = (f"{ward.name.ja}のマイページ", f"{ward.name.easy}の マイページ", f"{ward.name.en}: my page")
        parts.append(
            _entry(sandbox, f"ward-{code}", "openid account", names, "") + _link("ward", ("account_number",), code)
        )
    file = folder / FILE
    file.write_text("\n".join(parts), "utf-8")
    return file


def _entry(sandbox: str, id: str, scope: str, names: tuple[str, str, str], client: str) -> str:
    return (
        f'[{id}]\nissuer = "{sandbox}/id/{id}"\nclient_id = "{CLIENT}"\nscope = "{scope}"\n{client}'
        f"name = {_text(names)}\n[{id}.link]\n"
    )


def _link(kind: str, claims: tuple[str, ...], ward: str = "") -> str:
    gives = ", ".join(f'{{ claim = "{claim}", name = {_text(_CLAIMS[claim])} }}' for claim in claims)
    return f'kind = "{kind}"\nversion = "2026-11"\nward = "{ward}"\ngives = [{gives}]\n'


def _text(names: tuple[str, str, str]) -> str:
    return "{ " + ", ".join(f'{key} = "{name}"' for key, name in zip(("ja", "easy", "en"), names, strict=True)) + " }"
