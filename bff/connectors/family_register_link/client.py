"""戸籍情報連携: whether two are related, and whether an identifier for an electronic certificate still holds."""

from __future__ import annotations

import httpx

from bff.connectors.family_register_link import mapping
from bff.connectors.family_register_link.mapping import Identifier, IdentifierState, Other, Relation, Relationship
from bff.connectors.manifest import manifest_of
from bff.connectors.query import about, ask
from bff.exchange.reading import Reading


class FamilyRegister:
    """Raises `Silent`, also when the reading rests on another basis than the law names."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def relationship(self, reading: Reading, *, relation: Relation, other: Other) -> Relationship:
        """Whether `other` is the subject's `relation`; asked so, nothing else of the register is told."""
        body = {"subject": about(reading, self.manifest), "relation": relation, "other": other}
        answer = await ask(self._http, self.manifest, reading, "/relationships", body)
        return mapping.relationship(answer, self.manifest, relation)

    async def identifier(self, reading: Reading, *, identifier: Identifier) -> IdentifierState:
        """The state of a 戸籍電子証明書提供用識別符号 which the applicant handed in."""
        body = {"subject": about(reading, self.manifest), "identifier": identifier}
        answer = await ask(self._http, self.manifest, reading, "/identifiers", body)
        return mapping.identifier(answer, self.manifest)
