"""A resident adds a file: taken by what it is, made anew, sealed, hers alone, and refused with a reason."""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import text

from bff import uploads
from bff.uploads.checking import checked
from bff.uploads.refusals import UploadRefused
from bff.uploads.scanner import scanner
from tests.town import Town

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PLACE = "35.658581, 139.745433"


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """With the place it was taken at, and lying on its side."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0112] = PLACE, 6
    Image.new("RGB", size, "red").save(file, kind, exif=exif)
    return file.getvalue()


def a_pdf(inner: bytes = b"", content: bytes = b"BT (hello) Tj ET", *, packed: bool = False) -> bytes:
    body, how = (zlib.compress(content), b"/Filter /FlateDecode ") if packed else (content, b"")
    return b"".join(
        [
            b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog ",
            inner,
            b" >>\nendobj\n2 0 obj\n<< ",
            how,
            b"/Length %d >>\nstream\n" % len(body),
            body,
            b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
        ]
    )


HIDDEN = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert) >>")


def an_object_stream(head: bytes, packed: bytes) -> bytes:
    """Objects within a stream, hidden in the way of `head`."""
    stream = b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 %s >>\nstream\n%s\nendstream\nendobj\n" % (head, packed)
    return a_pdf().replace(b"trailer", stream + b"trailer")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_painted_anew_upright_and_without_its_place(kind: str) -> None:
    taken = checked(a_photo(kind))
    again = Image.open(io.BytesIO(taken.body))
    assert taken.media_type == ("image/png" if kind == "PNG" else "image/jpeg")
    assert again.size == (20, 40)
    assert not again.getexif()
    assert PLACE.encode() not in taken.body


def a_bomb() -> bytes:
    """A few bytes that say they are 30,000 by 30,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"x")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b"PK\x03\x04 an archive", "kind"),
        (a_photo()[:60], "broken"),
        (b"\xff\xd8\xff" + b"x" * 100, "broken"),
        (a_bomb(), "broken"),
        (b"\xff\xd8\xff" + b"x" * 11_000_000, "too_large"),
        (a_pdf()[:-8], "broken"),
        (a_pdf(b"/OpenAction 3 0 R"), "active"),
        (a_pdf(b"/Open#41ction 3 0 R"), "active"),
        (a_pdf(content=b"<< /S /JavaScript /J#53 (app.alert) >>", packed=True), "active"),
        (a_pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), "active"),
        (a_pdf(b"/AcroForm << /XFA 5 0 R >>"), "active"),
        (a_pdf(b"/Encrypt 6 0 R"), "locked"),
        (a_pdf(content=b"BT (My number is 123456789018) Tj ET", packed=True), "number"),
        (a_pdf(HIDDEN.join([b"/A << /Filter /FlateDecode >> stream\r", b""])), "broken"),
        (an_object_stream(b"/Filter /FlateDecode /Foo /DCTDecode", HIDDEN), "active"),
        (an_object_stream(b"/Filter 9 0 R", HIDDEN), "active"),
        (an_object_stream(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(HIDDEN)), "active"),
        (an_object_stream(b"/Filter [/FlateDecode /DCTDecode]", HIDDEN), "active"),
        (an_object_stream(b"/F#69lter /Flate#44ecode /X (<)", HIDDEN), "active"),
        (an_object_stream(b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", HIDDEN), "active"),
        (a_pdf(b"/X (\n5 0 obj << /Type /ObjStm >>)"), "broken"),
        (a_pdf(b"/X (")[:-6] + b"%%EOF\n", "broken"),
        (a_pdf(content=b"BT [(1234) -10 (5678) -10 (9018)] TJ ET"), "number"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(body: bytes, why: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        checked(body)
    assert refused.value.why == why
    assert refused.value.message.easy


@pytest.mark.parametrize("packed", [False, True])
def test_a_plain_pdf_is_taken_as_it_is(packed: bool) -> None:
    assert checked(a_pdf(packed=packed)).body == a_pdf(packed=packed)


@pytest.mark.parametrize("unit", [b"<<", b"<<>>", b"<<>>stream\n", b"(\\(", b"()", b"%\n", b">>\n("])
def test_no_file_holds_the_house_however_it_is_made(unit: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(UploadRefused):
        checked(b"%PDF-1.7\n" + unit * (300_000 // len(unit)) + b"\n%%EOF\n")
    assert time.process_time() - began < 3


@pytest.fixture
def clamd_url() -> Iterator[str]:
    """A daemon that speaks the INSTREAM of clamd(8) and knows one virus."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as told:
                end = {b"n": b"\n", b"z": b"\0"}[told.read(1)]
                assert told.read(9) == b"INSTREAM" + end
                body = b""
                while length := struct.unpack(">I", told.read(4))[0]:
                    body += told.read(length)
                told.write((b"stream: Eicar-Signature FOUND" if EICAR in body else b"stream: OK") + end)

    threading.Thread(target=serve, daemon=True).start()
    yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
    server.close()


def test_a_file_with_a_virus_or_that_nobody_could_look_at_is_not_taken(clamd_url: str) -> None:
    scan = scanner(clamd_url)
    assert scan
    scan(b"harmless")
    with pytest.raises(UploadRefused) as found:
        scan(a_pdf(content=EICAR))
    assert found.value.why == "virus"
    silent = scanner("tcp://127.0.0.1:1")
    assert silent
    with pytest.raises(UploadRefused) as nobody:
        silent(b"harmless")
    assert nobody.value.why == "no_scanner"
    assert scanner("") is None


async def test_her_file_is_sealed_given_back_to_her_alone_and_forgotten(town: Town) -> None:
    hana, ken = (await town.resident("hana")).browser, (await town.resident("ken")).browser
    made = await hana.post("/uploads", content=a_photo(), headers={"Content-Type": "application/octet-stream"})
    assert made.status_code == 201, made.text
    path = f"/uploads/{made.json()['id']}"
    back = await hana.get(path)
    assert back.status_code == 200
    assert back.headers["content-disposition"] == "attachment; filename=kurashimado.jpeg"
    assert "sandbox" in back.headers["content-security-policy"]
    assert back.headers["x-content-type-options"] == "nosniff"
    assert (await ken.get(path)).status_code == 404
    assert (await town.browser().get(path)).status_code == 401
    assert (await town.browser().post("/uploads", content=a_photo())).status_code == 401
    refused = await hana.post("/uploads", content=b"MZ")
    assert (refused.status_code, refused.json()["why"]) == (422, "kind")
    large = await hana.post("/uploads", content=b"\xff\xd8\xff" + b"x" * 11_000_000)
    assert (large.status_code, large.json()["why"]) == (422, "too_large")
    async with town.house.db.house() as conn:
        sealed = (await conn.execute(text("SELECT sealed FROM uploads"))).scalars().all()
        assert [row[:3] == b"\xff\xd8\xff" for row in sealed] == [False]
        await uploads.forget_old(conn, town.house.clock() + timedelta(days=31))
    assert (await hana.get(path)).status_code == 404


async def test_twenty_files_are_kept_and_no_more(town: Town) -> None:
    hana = (await town.resident("hana")).browser
    answers = [(await hana.post("/uploads", content=a_photo(size=(2, 2)))).status_code for _ in range(21)]
    assert answers == [201] * 20 + [422]
