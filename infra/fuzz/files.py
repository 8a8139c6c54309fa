"""Files that residents, schools and wards bring."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from asn1crypto import tsp
from PIL import Image

from bff.exchange.drop import folder
from bff.exchange.drop.layout import layout_of
from bff.exchange.drop.lines import WrongFile, lines_of
from bff.exchange.evidence import tokens, trying
from bff.exchange.evidence.algorithms import Unknown, Untrue
from bff.exchange.evidence.opening import Malformed
from bff.facilities.columns import datasets
from bff.facilities.reading import NotReadable, opened
from bff.mail.attaching import named_as
from bff.school import roster_file
from bff.signing import bundle
from bff.staff import list_file
from bff.staff.lists_page import numbers_in
from bff.uploads.checking import checked
from bff.uploads.refusals import UploadRefused
from infra.fuzz.target import NOW, Target, text
from infra.sandbox.settings import Clock
from infra.sandbox.time_stamps import Authority

LONGEST_SHOWN = 255
"""Bytes of a name that a file system takes."""
_LAYOUT = layout_of(Path(__file__).parents[1] / "drop" / "statuses.layout.toml")
_STATES = "受付番号,状況,区の番号,連絡事項,補正項目\r\nKM,02,,,\r\n".encode("cp932")
_OVER = b"what is stamped"
_LIST = "組,番号,氏名\r\n1,1,佐藤 みお\r\n".encode()
_PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
_HIDDEN = (
    b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode/Length 9>>stream\nx\x9c\x03\x00\x00\x00\x00\x01\nendstream endobj %%EOF"
)


def targets() -> list[Target]:
    """Each with a right one of its kind to begin from."""
    book, picture = _book(), _picture("PNG")
    return [
        Target("class_list", "staff", roster_file.read, (roster_file.FileRefused,), (_LIST, book)),
        Target("receipt_list", "staff", _receipt_list, (roster_file.FileRefused,), (_LIST, book)),
        Target("facility_list", "staff", _facility_list, (NotReadable,), ("名称,住所\n館,港区\n".encode(), book)),
        Target("upload", "uploads", checked, (UploadRefused,), (_PDF, _HIDDEN, picture, _picture("JPEG"))),
        Target("file_name", "uploads", _file_name, (), (b"..\\..\\etc/passwd", "通知.pdf".encode())),
        Target("receipt", "public", bundle.read, (bundle.Unreadable,), (_zip(dict.fromkeys(bundle.ALWAYS, b"{}")),)),
        Target("evidence", "evidence", trying.tried, (), (_zip({"mimetype": b"x", "META-INF/a.xml": b"<a/>"}),)),
        Target("time_stamp", "evidence", _stamp, (Malformed, Unknown, Untrue), (_stamped(),)),
        Target(
            "dropped_file",
            "exchange",
            _dropped,
            (WrongFile,),
            (_STATES,),
        ),
    ]


def _receipt_list(data: bytes) -> None:
    list_file.read(data, numbers_in)


def _facility_list(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for _ in opened(Path(file.name), next(iter(datasets().values()))).rows:
            pass


def _file_name(data: bytes) -> None:
    name = named_as(text(data), "application/pdf")
    if "/" in name or "\\" in name or name.startswith("."):
        raise AssertionError(f"a name that leads elsewhere: {name!r}")
    if len(folder.shown(text(data)).encode()) > LONGEST_SHOWN:
        raise AssertionError("a name that does not fit")


def _stamp(data: bytes) -> None:
    tokens.tried(data, _OVER)


def _dropped(data: bytes) -> None:
    for _ in lines_of(_LAYOUT, io.BytesIO(data)):
        pass


def _book() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("組", "番号", "氏名"), (1, 1, "佐藤 みお")):
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 2), "white").save(out, kind)
    return out.getvalue()


def _stamped() -> bytes:
    """A token of the stand-in's authority over `_OVER`."""
    hashed = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(_OVER).digest()}
    query = tsp.TimeStampReq({"version": "v1", "message_imprint": hashed, "cert_req": True})
    reply = tsp.TimeStampResp.load(Authority(Clock(lambda: NOW), None).reply(query.dump()))
    return bytes(reply["time_stamp_token"].dump())


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()
