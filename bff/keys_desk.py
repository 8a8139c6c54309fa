"""`python -m bff keys show | announce | rotate | retire`: our own keys towards identity providers."""

from __future__ import annotations

import argparse
import os
import sys

from bff import demo_keys, settings, wiring
from bff.identity import client_keys
from bff.identity.client_keys import NEXT
from bff.settings import Settings


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 2 it cannot be done."""
    chosen = settings.read(os.environ)
    folder = chosen.oidc_keys
    if folder.is_file():
        print("kurashimado: KURASHIMADO_OIDC_KEYS is one file; rotating wants a folder", file=sys.stderr)
        return 2
    print(_done(_asked(arguments), chosen))
    if not chosen.production:
        demo_keys.register(chosen)
    return 0


def _asked(arguments: list[str]) -> str:
    parser = argparse.ArgumentParser(prog="python -m bff keys", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("show", help="which keys there are, newest first, and what each is for")
    acts.add_parser("announce", help="a new key, published at /login/keys but not signing yet: for the providers")
    acts.add_parser("rotate", help="sign with the announced key from now on, or with a new one when none is announced")
    acts.add_parser("retire", help="take away the keys that no longer sign; when every provider has read the new ones")
    return str(parser.parse_args(arguments).act)


def _done(act: str, chosen: Settings) -> str:
    folder, now = chosen.oidc_keys, wiring.now()
    if act == "announce":
        return f"{client_keys.announce(folder, now).name}: published, signs after `keys rotate`"
    if act == "rotate":
        return f"{client_keys.rotate(folder, now).name}: signs now; the former are published until `keys retire`"
    if act == "retire":
        return "\n".join(f"{file.name}: gone" for file in client_keys.retire(folder)) or "nothing to retire"
    signing = [file for file in client_keys.files_of(folder) if not file.name.endswith(NEXT)]
    return "\n".join(
        f"{file.name}: {'announced' if file not in signing else 'signs' if file == signing[0] else 'published'}"
        for file in client_keys.files_of(folder)
    )
