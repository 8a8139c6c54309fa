"""A ward that tells instead of being asked: its message as the house's security server hands it over.

The security server's own key opens the house's door; the X-Road headers are those of the ward's subsystem.
"""

import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

INSTANCE = "TOKYO23"


class Untold(Exception):
    """The house did not take it, or is not there."""


@dataclass(frozen=True)
class HouseDoor:
    """`keys`: the folder with security_server.pem, its key, and the authority the house's certificate leads to."""

    url: str
    keys: Path

    async def tell(self, ward: str, subsystem: str, path: str, content: object) -> Mapping[str, object]:
        """POST `content` for a ward's subsystem; the house's answer. Raises Untold."""
        try:
            async with httpx.AsyncClient(verify=self._context(), base_url=self.url, timeout=10) as http:
                headers = {**envelope(ward, subsystem), "content-type": "application/json"}
                answer = await http.post(f"/xroad/v1{path}", content=msgspec.json.encode(content), headers=headers)
        except (httpx.HTTPError, OSError) as silent:
            raise Untold(f"the house is silent: {silent!r}") from silent
        if not answer.is_success:
            raise Untold(f"{answer.status_code}: {answer.text[:500]}")
        told: Mapping[str, object] = answer.json()
        return told

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.keys / "authority.pem"))
        context.load_cert_chain(self.keys / "security_server.pem", self.keys / "security_server_key.pem")
        return context


def envelope(ward: str, subsystem: str) -> dict[str, str]:
    """The headers of a message from an official of `ward`."""
    return {
        "x-road-client": f"{INSTANCE}/GOV/{ward}/{subsystem}",
        "x-road-id": f"{INSTANCE}-{uuid.uuid4()}",
        "x-road-request-id": str(uuid.uuid4()),
        "x-road-userid": f"JP-desk-{ward}",
        "x-road-issue": "counter-desk",
    }
