"""Files as a ward's box takes them: announced, part by part, whole when the digest is that of the announcement."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.services import Call, refused_body

LARGEST = 64 * 1024 * 1024


class Announced(msgspec.Struct, frozen=True):
    """The body of POST /files."""

    key: str
    kind: str
    size: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
    sha512: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}$")]
    media_type: str


@dataclass
class File:
    """`parts`: the sizes in which it came."""

    id: str
    announced: Announced
    content: bytearray = field(default_factory=bytearray)
    parts: list[int] = field(default_factory=list)

    @property
    def state(self) -> str:
        if len(self.content) < self.announced.size:
            return "open"
        right = hashlib.sha512(self.content).hexdigest() == self.announced.sha512
        return "whole" if right and len(self.content) == self.announced.size else "wrong"

    def told(self) -> dict[str, object]:
        return {"id": self.id, "state": self.state, "received": len(self.content), "size": self.announced.size}


class Files:
    """Of one ward. `breaks_after`: parts that are taken before the line breaks, once; None: it does not."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self.breaks_after: int | None = None

    def all(self) -> list[dict[str, object]]:
        return [
            {
                **one.told(),
                "key": one.announced.key,
                "parts": one.parts,
                "text": one.content[:2000].decode("utf-8", "replace"),
            }
            for one in self._files.values()
        ]

    def answer(self, call: Call, name: str) -> Answer:
        if call.method == "POST":
            return self._announce(call)
        id, _, offset = name.partition("/parts/")
        file = self._files.get(id)
        if file is None:
            return json_answer(404, {"code": "unknown_file"})
        return json_answer(200, file.told()) if call.method == "GET" else self._go_on(call, file, offset)

    def _announce(self, call: Call) -> Answer:
        try:
            announced = msgspec.json.decode(call.body, type=Announced)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        known = next((one for one in self._files.values() if one.announced.key == announced.key), None)
        if known is not None and known.announced != announced:
            return json_answer(409, {"code": "key_taken"})
        file = known or File(str(uuid.uuid4()), announced)
        self._files[file.id] = file
        return json_answer(200 if known else 201, file.told())

    def _go_on(self, call: Call, file: File, offset: str) -> Answer:
        if not offset.isdigit() or int(offset) != len(file.content):
            return json_answer(409, {"code": "not_from_here", "received": len(file.content)})
        if self.breaks_after == 0:
            self.breaks_after = None
            return json_answer(503, {"code": "broken"})
        if self.breaks_after is not None:
            self.breaks_after -= 1
        file.content += call.body
        file.parts.append(len(call.body))
        return json_answer(200, file.told())
