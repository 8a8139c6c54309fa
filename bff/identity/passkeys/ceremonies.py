"""The two ceremonies: a passkey is bound, and a passkey is proved. Each is begun here and answered once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bff.db import Database
from bff.identity import attempts
from bff.identity.assurance import Assurance
from bff.identity.attempts import Realm
from bff.identity.passkeys import challenges, keeping
from bff.identity.passkeys.answers import ALGORITHMS, Answer
from bff.identity.passkeys.challenges import LONGEST, Begun
from bff.identity.passkeys.keeping import MOST, Owner, Passkey
from bff.identity.passkeys.refusal import PasskeyRefused, refused
from bff.identity.passkeys.site import Site

_TIMEOUT = int(LONGEST.total_seconds() * 1000)


@dataclass(frozen=True)
class Proof:
    """Who was proved to be there, with user verification, by which passkey, and when."""

    passkey: Passkey
    at: datetime

    @property
    def owner(self) -> Owner:
        return self.passkey.owner


class Passkeys:
    """For residents and officials alike. `new_token` gives 43 or more characters of `[A-Za-z0-9_-]`.

    `bound_to` is the token of the session in which it happens, or the secret of a browser in which nobody is known
    yet. Options and answers are the JSON of WebAuthn Level 3 (`parseCreationOptionsFromJSON`, `toJSON`). Every refusal
    (`PasskeyRefused`) leaves a row in the login log.
    """

    def __init__(
        self,
        db: Database,
        site: Site,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
        new_token: Callable[[], str],
    ) -> None:
        self._db = db
        self._site = site
        self._clock = clock
        self._new_id = new_id
        self._new_token = new_token

    async def begin_binding(self, owner: Owner, *, label: str, bound_to: str) -> dict[str, Any]:
        """`label` is what the device lists the passkey under. Raises `PasskeyRefused` (`too_many`)."""
        async with self._db.house() as conn:
            held = await keeping.listed(conn, owner)
        if len(held) >= MOST:
            raise await self._noted(owner.realm, refused("too_many", "as many as may be"), owner.id)
        challenge = await self._remember(Begun("bind", owner.realm, owner.id, bound_to))
        options = generate_registration_options(
            rp_id=self._site.rp_id,
            rp_name=self._site.name,
            user_id=owner.id.bytes,
            user_name=label,
            challenge=base64url_to_bytes(challenge),
            timeout=_TIMEOUT,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[_descriptor(passkey) for passkey in held],
            supported_pub_key_algs=ALGORITHMS,
        )
        return dict(json.loads(options_to_json(options)))

    async def bind(
        self, owner: Owner, raw: dict[str, Any], *, name: str, resting_on: Assurance, bound_to: str
    ) -> Passkey:
        """The new passkey of `owner`, who is known by `resting_on`; `name` is 1 to 60 characters. Raises
        `PasskeyRefused`."""
        try:
            answer = await self._taken(raw, Begun("bind", owner.realm, owner.id, bound_to))
            told = answer.registered(self._site)
            passkey = Passkey(
                id=self._new_id(),
                owner=owner,
                credential=told.credential_id,
                public_key=told.credential_public_key,
                sign_count=told.sign_count,
                backup_eligible=told.credential_device_type == "multi_device",
                backed_up=told.credential_backed_up,
                transports=answer.transports,
                name=name,
                identity=resting_on.identity,
                bound_by=resting_on.method,
                made_at=self._clock(),
                used_at=None,
            )
            await self._keep(passkey)
        except PasskeyRefused as no:
            raise await self._noted(owner.realm, no, owner.id) from no
        return passkey

    async def begin_login(self, realm: Realm, *, browser: str) -> dict[str, Any]:
        """For somebody not known yet: the device offers the passkeys it has for us."""
        return await self._question(Begun("login", realm, None, browser), ())

    async def log_in(self, realm: Realm, raw: dict[str, Any], *, browser: str) -> Proof:
        """Who comes. Raises `PasskeyRefused`."""
        return await self._proof(raw, Begun("login", realm, None, browser))

    async def begin_proof(self, owner: Owner, *, bound_to: str) -> dict[str, Any]:
        """For `owner`, who is signed in and proves it once more; raises `PasskeyRefused` (`unknown`): she has none."""
        async with self._db.house() as conn:
            held = await keeping.listed(conn, owner)
        if not held:
            raise await self._noted(owner.realm, refused("unknown", "no passkey is bound"), owner.id)
        return await self._question(Begun("prove", owner.realm, owner.id, bound_to), held)

    async def prove(self, owner: Owner, raw: dict[str, Any], *, bound_to: str) -> Proof:
        """That `owner` is there. Raises `PasskeyRefused`."""
        return await self._proof(raw, Begun("prove", owner.realm, owner.id, bound_to))

    async def _question(self, begun: Begun, held: Any) -> dict[str, Any]:
        options = generate_authentication_options(
            rp_id=self._site.rp_id,
            challenge=base64url_to_bytes(await self._remember(begun)),
            timeout=_TIMEOUT,
            allow_credentials=[_descriptor(passkey) for passkey in held],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return dict(json.loads(options_to_json(options)))

    async def _proof(self, raw: dict[str, Any], begun: Begun) -> Proof:
        try:
            answer = await self._taken(raw, begun)
            async with self._db.house() as conn:
                passkey = await keeping.found(conn, answer.credential)
                if passkey is None or passkey.owner.realm != begun.realm:
                    raise refused("unknown", "no such passkey in this realm")
                if begun.owner not in (None, passkey.owner.id):
                    raise refused("refused", "passkey of another person")
                if begun.act == "login" and answer.user_handle is None:
                    raise refused("refused", "no user handle")
                told = answer.proved(self._site, passkey)
                now = self._clock()
                await keeping.used(
                    conn, passkey.id, sign_count=told.new_sign_count, backed_up=told.credential_backed_up, now=now
                )
        except PasskeyRefused as no:
            raise await self._noted(begun.realm, no, begun.owner) from no
        return Proof(passkey, now)

    async def _remember(self, begun: Begun) -> str:
        challenge = self._new_token()
        async with self._db.house() as conn:
            await challenges.remember(conn, challenge, begun, self._clock())
        return challenge

    async def _taken(self, raw: dict[str, Any], begun: Begun) -> Answer:
        """Used up in a transaction of its own, whatever comes of the answer."""
        answer = Answer(raw)
        async with self._db.house() as conn:
            why_not = await challenges.take(conn, answer.challenge, begun, self._clock())
        if why_not:
            raise refused("expired", why_not)
        return answer

    async def _keep(self, passkey: Passkey) -> None:
        try:
            async with self._db.house() as conn:
                await keeping.keep(conn, passkey)
        except IntegrityError as kept:
            raise refused("bound_already", "this credential is kept already") from kept

    async def _noted(self, realm: Realm, no: PasskeyRefused, who: UUID | None) -> PasskeyRefused:
        async with self._db.house() as conn:
            await attempts.write_down(
                conn, realm=realm, outcome=f"passkey_{no.code}", now=self._clock(), detail=no.detail, who=who
            )
        return no


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    known = {transport.value: transport for transport in AuthenticatorTransport}
    transports = [known[told] for told in passkey.transports if told in known]
    return PublicKeyCredentialDescriptor(id=passkey.credential, transports=transports or None)
