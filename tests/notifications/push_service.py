"""A push service on a real socket: takes messages as RFC 8030 says, a Topic replaces what is still held."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True)
class Message:
    token: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    posts: list[Message] = field(default_factory=list)
    held: dict[tuple[str, str], Message] = field(default_factory=dict)
    """The newest message of each (token, topic): what the phones would get."""
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    """What to answer next to a token, instead of 201; status 0: it hangs up."""

    async def open(self) -> None:
        """On whichever port is free."""
        app = web.Application()
        app.router.add_post("/push/{token}", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"

    async def close(self) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        message = Message(token, dict(request.headers), await request.read())
        self.posts.append(message)
        if self.answers.get(token):
            status, headers = self.answers[token].pop(0)
            if not status and request.transport is not None:
                request.transport.abort()
            return web.Response(status=status or 500, headers=headers)
        self.held[token, message.headers["Topic"]] = message
        return web.Response(status=201)
