"""The browser's side of the push service: autopush's WebSocket messages, as Firefox speaks them."""

import json
from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import WebsocketRouteHandler

from infra.sandbox.keys import base64url
from infra.sandbox.push_store import Message, Subscription, Subscriptions
from infra.sandbox.push_vapid import BadVapid, from_base64url, is_point

Socket = WebSocket[Any, Any, Any]


def browser_socket(subscriptions: Subscriptions) -> WebsocketRouteHandler:
    @websocket("/push")
    async def user_agent(socket: Socket) -> None:
        await socket.accept(subprotocols="push-notification")
        browser = Browser(socket, subscriptions)
        try:
            while True:
                await browser.hear(await socket.receive_text())
        except WebSocketDisconnect:
            subscriptions.disconnect(browser.agent, browser.ring)

    return user_agent


class Browser:
    """One connection. `agent` is the uaid, empty before hello."""

    def __init__(self, socket: Socket, subscriptions: Subscriptions) -> None:
        self._socket = socket
        self._subscriptions = subscriptions
        self.agent = ""
        self.ring = self._ring

    async def hear(self, text: str) -> None:
        """Answers one message; what is no JSON object or of an unknown type closes the connection (1002)."""
        try:
            said = json.loads(text)
            kind = said.get("messageType", "ping")
        except (ValueError, AttributeError):
            await self._socket.close(1002, "not a JSON object")
            return
        match kind:
            case "ping":
                await self._socket.send_text("{}")
            case "hello":
                await self._hello(said)
            case "register" if self.agent:
                await self._register(said)
            case "unregister" if self.agent:
                channel = str(said.get("channelID", ""))
                self._subscriptions.unsubscribe(self.agent, channel)
                await self._say({"messageType": "unregister", "channelID": channel, "status": 200})
            case "ack" if self.agent:
                for update in said.get("updates", []):
                    self._subscriptions.acknowledge(self.agent, str(update.get("version", "")))
            case "nack" | "broadcast_subscribe":
                return
            case _:
                await self._socket.close(1002, "unexpected message")

    async def _hello(self, said: dict[str, Any]) -> None:
        self.agent, waiting = await self._subscriptions.connect(said.get("uaid"), self.ring)
        answer = {"uaid": self.agent, "status": 200, "use_webpush": True, "broadcasts": {}}
        await self._say({"messageType": "hello", **answer})
        for one, message in waiting:
            await self._ring(one, message)

    async def _register(self, said: dict[str, Any]) -> None:
        channel, given = str(said.get("channelID", "")), said.get("key")
        try:
            key = from_base64url(given.rstrip("=")) if isinstance(given, str) else None
        except BadVapid:
            key = b""
        if not channel or (key is not None and not is_point(key)):
            await self._say({"messageType": "register", "channelID": channel, "status": 400})
            return
        one = self._subscriptions.subscribe(self.agent, channel, key)
        endpoint = self._subscriptions.endpoint(one.token)
        await self._say({"messageType": "register", "channelID": channel, "status": 200, "pushEndpoint": endpoint})

    async def _ring(self, one: Subscription, message: Message) -> None:
        note: dict[str, Any] = {"channelID": one.channel, "version": message.version, "ttl": message.ttl}
        if message.body:
            note |= {"data": base64url(message.body), "headers": {"encoding": "aes128gcm"}}
        await self._say({"messageType": "notification", **note})

    async def _say(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(json.dumps(message))
