"""The files under /open/: the catalogue for everybody, with schema, version and licence; same input, same bytes."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import jinja2
import msgspec
from msgspec import Struct

from infra.catalogue import forms, publishing, search_index, shapes, shapes_of_law, tables, vaccines
from infra.catalogue.references import References
from life_events import Catalogue
from life_events.schema import WITHOUT_DAYS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = {
    "catalogue.json": "Every procedure: CPSV-AP PublicService.",
    "bundles.json": "Life events and their procedures, in order: CPSV-AP LifeEvent.",
    "law.json": "Numbers in law with the day from which each holds, windows of the year, vaccines, closed days.",
    "wards.json": "The 23 special wards and what each does otherwise.",
    "forms.json": "The items of every form, and the JSON Schema 2020-12 of its answers without the days of today.",
    "procedures.csv": "The procedures as a table.",
    "wards.csv": "The wards as a table.",
    "schema.json": "JSON Schema 2020-12 of the five JSON files above, with the meaning of every field.",
    "search.json": "Names and everyday words, for the search in the app; its shape may change.",
}
SOURCES = (
    "Each fact names where it was read: `trust` and `references` in catalogue.json. Facts of level C are unconfirmed. "
    '"The sheet" in notes is the survey of 85 procedures of `dateOfState` from which the catalogue began. '
    "Field names: CPSV-AP 3.2 (SEMIC, CC BY 4.0) and GIF 政府相互運用性フレームワーク (Digital Agency)."
)
DOCUMENTS = (shapes.Catalogue, shapes.Bundles, shapes_of_law.LawNumbers, shapes_of_law.Wards, forms.Forms)


def files(catalogue: Catalogue, references: References) -> Mapping[str, bytes]:
    """Name → content of every file, the index and the page among them."""
    services, wards = publishing.public_services(catalogue), publishing.wards(catalogue)
    content: dict[str, dict[str, object]] = {
        "catalogue.json": {"publicServices": services, "references": publishing.cited(catalogue, references)},
        "bundles.json": {"lifeEvents": publishing.life_events(catalogue)},
        "law.json": {
            "numbers": publishing.numbers(catalogue),
            "yearly": publishing.yearly(catalogue),
            "vaccines": vaccines.vaccines(catalogue),
            "closedDays": sorted(catalogue.law.holidays),
        },
        "wards.json": {"wards": wards},
        "forms.json": {"forms": forms.forms(catalogue)},
    }
    version = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()[:12]
    head: dict[str, object] = {"version": version, "dateOfState": references.as_of, "licence": LICENCE}
    written = {name: msgspec.json.encode({**head, **body}, order="deterministic") for name, body in content.items()}
    written |= {
        "procedures.csv": tables.procedures(services),
        "wards.csv": tables.wards(wards),
        "schema.json": msgspec.json.format(msgspec.json.encode(schema())),
        "search.json": search_index.build(catalogue, version),
    }
    index = msgspec.json.encode({**head, **_about(written)})
    return {**written, "index.json": msgspec.json.format(index), **_page(head, written)}


def schema() -> dict[str, object]:
    """JSON Schema 2020-12; `#/$defs/Catalogue` describes catalogue.json, and so on."""
    references, components = msgspec.json.schema_components(DOCUMENTS, ref_template="#/$defs/{name}")
    return {
        "$schema": DIALECT,
        "$id": "/open/schema.json",
        "title": "くらしまど: life events of the 23 special wards of Tokyo",
        "anyOf": list(references),
        "$defs": components,
    }


def write(content: Mapping[str, bytes], folder: Path) -> None:
    """Puts the files into `folder` and takes away what is no longer among them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in content:
            old.unlink()
    for name, body in content.items():
        (folder / name).write_bytes(body)


class Listed(Struct, frozen=True):
    """A line of index.json."""

    path: str
    description: str
    bytes: int
    sha256: str


def _about(written: Mapping[str, bytes]) -> dict[str, object]:
    return {
        "title": "くらしまど: 東京23区のくらしの手続き",
        "publisher": "くらしまど",
        "attribution": "くらしまど「東京23区のくらしの手続き」(CC BY 4.0)",
        "sources": SOURCES,
        "daysOfForms": WITHOUT_DAYS,
        "languages": {"ja": "formal Japanese", "easy": "やさしい日本語 (easy Japanese)", "en": "English"},
        "files": [
            Listed(f"/open/{name}", text, len(written[name]), hashlib.sha256(written[name]).hexdigest())
            for name, text in FILES.items()
        ],
    }


def _page(head: Mapping[str, object], written: Mapping[str, bytes]) -> Mapping[str, bytes]:
    folder = Path(__file__).parent
    room = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True)
    shapes = msgspec.json.decode(msgspec.json.encode(schema()))["$defs"]
    columns = written["procedures.csv"].decode("utf-8-sig").split("\r\n", 1)[0].split(",")
    page = room.get_template("page.html").render(
        **head, **_about(written), shapes=shapes, columns=columns, between=tables.BETWEEN.strip()
    )
    return {"index.html": page.encode(), "page.css": (folder / "page.css").read_bytes()}
