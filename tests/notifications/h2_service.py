"""A push service that speaks HTTP/2 by the kept library h2, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import ConnectionTerminated, DataReceived, RequestReceived, StreamEnded
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings

Answering = Callable[["Talk", int, str], None]


@dataclass
class Post:
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class H2Service:
    """`answers`: what it does with a path instead of 201; `most`: streams at once, which h2 sees to."""

    answers: dict[str, list[Answering]] = field(default_factory=dict)
    most: int = 100
    tls: ssl.SSLContext | None = None
    posts: list[Post] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Talk(self), "127.0.0.1", 0, ssl=self.tls)
        scheme = "https" if self.tls else "http"
        self.origin = f"{scheme}://localhost:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self._server.close()
        for talk in self.talks:
            talk.transport.abort()


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, service: H2Service) -> None:
        self.service = service
        self.h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.asked: dict[int, Post] = {}
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.service.talks.append(self)
        said = {SettingCodes.MAX_CONCURRENT_STREAMS: self.service.most}
        self.h2.local_settings = Settings(client=False, initial_values=said)
        self.h2.initiate_connection()
        self.speak()

    def data_received(self, data: bytes) -> None:
        try:
            events = self.h2.receive_data(data)
        except ProtocolError:
            self.speak()
            self.transport.close()
            raise
        for event in events:
            match event:
                case RequestReceived():
                    told = dict(event.headers)
                    self.asked[event.stream_id] = Post(str(told[":path"]), {str(k): str(v) for k, v in told.items()})
                case DataReceived():
                    self.asked[event.stream_id].body += event.data
                    self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                case StreamEnded():
                    self.answer(event.stream_id)
                case ConnectionTerminated():
                    self.transport.close()
        self.speak()

    def answer(self, stream: int) -> None:
        post = self.asked.pop(stream)
        if self.gone:
            return
        self.service.posts.append(post)
        scripted = self.service.answers.get(post.path)
        (scripted.pop(0) if scripted else says(201))(self, stream, post.path)

    def speak(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(self.h2.data_to_send())


def says(status: int, *headers: tuple[str, str], body: bytes = b"") -> Answering:
    def answering(talk: Talk, stream: int, path: str) -> None:
        told = [(":status", str(status)), ("location", f"https://push.example/m/{path}"), *headers]
        talk.h2.send_headers(stream, told, end_stream=not body)
        if body:
            talk.h2.send_data(stream, body, end_stream=True)

    return answering


def refuses(talk: Talk, stream: int, _: str) -> None:
    """It has not looked at it: it may be given to another connection."""
    talk.h2.reset_stream(stream, ErrorCodes.REFUSED_STREAM)


def resets(talk: Talk, stream: int, _: str) -> None:
    talk.h2.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)


def stays_silent(_: Talk, __: int, ___: str) -> None:
    """Nothing, ever."""


def leaves(talk: Talk, stream: int, path: str) -> None:
    """GOAWAY: this one is still answered, what came after it was not looked at."""
    says(201)(talk, stream, path)
    talk.h2.close_connection(last_stream_id=stream)
    talk.gone = True


def hangs_up(talk: Talk, _: int, __: str) -> None:
    talk.speak()
    talk.gone = True
    talk.transport.close()
