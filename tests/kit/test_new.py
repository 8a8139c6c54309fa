"""A new connector keeps the contract at once, in a copy of the tree; and whatever rule it then breaks is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from bff.connectors.listed import CONNECTORS
from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.kit.checking import CONTRACT, Judged, judge
from bff.kit.listing import readme
from bff.kit.making import make
from bff.kit.remaining import remaining
from bff.kit.wanted import Made, NotMade, Operator, Wanted

ROOT = Path(__file__).parents[2]
COPIED = ("bff", "life_events", "notifications", "infra", "tests")
PORT = """
[basis.by_law]
easy = "ほうりつに 書いて あるから"
ja = "法律の定め"
en = "The law says so"
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as git would have it, without the app."""
    copy = tmp_path_factory.mktemp("tree")
    for room in COPIED:
        shutil.copytree(ROOT / room, copy / room)
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, copy / file)
    with (copy / "bff" / "exchange" / "texts.toml").open("a", encoding="utf-8") as texts:
        texts.write(PORT)
    return copy


def new(tree: Path, name: str, exposure: Made = "records", operator: Operator = "ward", **more: str) -> Path:
    """Its folder; put behind the last of the list."""
    make(tree, Wanted(name, operator, exposure, **more), manifests(), CONNECTORS[-1].__name__)
    return tree / "bff" / "connectors" / name


def commanded(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bff", "connector", *words], cwd=tree, capture_output=True, text=True, check=False
    )


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{old} is not in {file}"
    file.write_text(text.replace(old, new), "utf-8")


def in_manifest(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "manifest.toml", old, new)


def in_client(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "client.py", old, new)


def tells_too_much(folder: Path) -> None:
    edit(folder / "manifest.toml", '"name", ', "")
    edit(folder / "client.py", "import query", "import about, ask")
    whole = '{"subject": {**about(reading, self.manifest), "name": reading.subject.name}}'
    edit(
        folder / "client.py",
        "query(self._http, self.manifest, reading)",
        f"ask(self._http, self.manifest, reading, '/query', {whole})",
    )


def forgets_who_may_call(folder: Path) -> None:
    edit(
        folder / "client.py",
        "manifest = manifest_of(__file__)",
        "manifest = manifest_of(__file__)\n    free = msgspec.structs.replace(manifest, bases=())",
    )
    edit(folder / "client.py", "query(self._http, self.manifest,", "query(self._http, self.free,")
    edit(folder / "client.py", "import httpx", "import httpx\nimport msgspec")


def asks_one_ward_only(folder: Path) -> None:
    edit(folder / "client.py", "import httpx", "import httpx\nimport msgspec")
    fixed = 'msgspec.structs.replace(self.manifest, service=self.manifest.service.replace("{ward}", "131032"))'
    edit(folder / "client.py", "query(self._http, self.manifest,", f"query(self._http, {fixed},")


def believes_anything(folder: Path) -> None:
    edit(
        folder / "mapping.py",
        "clean(answer, BelievesRecord, manifest.id)",
        "msgspec.convert(answer.json(), BelievesRecord, strict=False)",
    )


def in_example(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "examples" / name, old, new)


def without_examples(names: str) -> Callable[[Path], None]:
    def taken_away(folder: Path) -> None:
        for file in (folder / "examples").glob(names):
            file.unlink()

    return taken_away


def in_stand_in(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(stand_in(folder), old, new)


def stand_in(folder: Path) -> Path:
    return folder.parents[2] / "infra" / "sandbox" / "data" / "records" / f"{folder.name}.toml"


BREAKS: Mapping[str, tuple[Made, Callable[[Path], None], str]] = {
    "knowing": ("records", in_client("import httpx", "import httpx  # bff.connectors.school.client"), "knows no other"),
    "aimless": ("records", in_manifest('purpose = "records"', 'purpose = "curiosity"'), "manifest is whole"),
    "baseless": ("records", in_manifest('basis = "consent"', 'basis = "habit"'), "manifest is whole"),
    "unkept": ("records", in_manifest("keep_hours = 24", "keep_hours = 0"), "manifest is whole"),
    "opened": ("authorised", in_manifest('bases = ["by_law"]', ""), "manifest is whole"),
    "misspelt": ("records", in_manifest("/GOV/", "/G%4FV/"), "manifest is whole"),
    "unserved": ("records", in_manifest('"ward_standard"', '"fax"'), "serves the wards that name"),
    "unlabelled": ("records", in_manifest("[shown.until]", "[shown.up_to]"), "is shown or said to be hidden"),
    "unlikely": ("records", without_examples("odd-*"), "good odd and broken"),
    "exampleless": ("records", without_examples("*"), "good odd and broken"),
    "unexplained": ("act", without_examples("odd-day-*"), "every reason to refuse"),
    "unlike": ("records", in_example("good.json", "null}\n}", '"2025-01-01"}\n}'), "becomes what was agreed"),
    "talkative": ("records", tells_too_much, "no more leaves the house"),
    "unbroken": ("records", in_example("broken-day.json", "02-30", "02-28"), "a broken answer is one word"),
    "believes": ("records", believes_anything, "garbage is a wrong answer"),
    "freely": ("authorised", forgets_who_may_call, "on another basis than the law names"),
    "stubborn": ("records", asks_one_ward_only, "a person without a ward"),
    "empty": ("records", lambda folder: stand_in(folder).unlink(), "has something to tell"),
    "unruly": ("records", in_stand_in('"ended"', '"over"'), "in the agreed shape"),
}
"""What is done to a new connector of that name and kind, and words of the rule that it then breaks."""


@pytest.fixture(scope="module")
def broken(tree: Path) -> Judged:
    """All of them in one tree, tried at once."""
    for name, (exposure, spoil, _) in BREAKS.items():
        spoil(new(tree, name, exposure, basis="by_law" if exposure == "authorised" else ""))
    shutil.copytree(tree / "bff" / "connectors" / "school", tree / "bff" / "connectors" / "unlisted")
    return judge(tree, list(BREAKS))


@pytest.mark.slow
def test_new_connectors_of_every_kind_keep_the_contract_without_more_words(tree: Path) -> None:
    told = commanded(tree, "new", "lantern_lent", "--title", "灯籠の記録")
    assert (told.returncode, told.stderr) == (0, "")
    assert "connector check lantern_lent" in told.stdout
    assert "| lantern_lent | 灯籠の記録 | ward |" in readme(tree).read_text("utf-8")
    new(tree, "lantern_ride", "act")
    new(tree, "lantern_oil", operator="private", service="TOKYO23/COM/100941/lantern/oil")
    new(tree, "lantern_watch", "authorised", "nation", basis="by_law")
    new(tree, "lantern_page", "link", "private", link="https://example.jp/")
    made = ("lantern_lent", "lantern_ride", "lantern_oil", "lantern_watch", "lantern_page")
    judged = judge(tree, made, [*CONTRACT, "tests/connectors/test_lantern_ride.py"])
    assert (judged.broken, judged.trouble) == ((), "")
    assert judged.kept > len(made) * 20


@pytest.mark.slow
@pytest.mark.parametrize("name", BREAKS)
def test_a_rule_that_is_broken_is_named(broken: Judged, name: str) -> None:
    said = [line for line in broken.broken if f"[{name}" in line or f"-{name}-" in line]
    assert [line for line in said if BREAKS[name][2] in line], (said, broken.trouble)


@pytest.mark.slow
def test_a_folder_without_its_line_is_noticed(broken: Judged) -> None:
    assert [line for line in broken.broken if "every folder with a manifest has its line" in line]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted("Water"), "lower-case"),
        (Wanted("class"), "lower-case"),
        (Wanted("../lantern"), "lower-case"),
        (Wanted("w" * 31), "at most 30"),
        (Wanted("seal"), "there is a connector"),
        (Wanted("ward_care"), "is there already"),
        (Wanted("lantern", exposure="authorised"), "--basis"),
        (Wanted("lantern", exposure="authorised", basis="because"), "--basis"),
        (Wanted("lantern", basis="consent"), "--basis goes with"),
        (Wanted("lantern", exposure="link"), "--link"),
        (Wanted("lantern", exposure="link", link="http://example.jp/"), "--link"),
        (Wanted("lantern", link="https://example.jp/"), "--link goes with"),
        (Wanted("lantern", service="TOKYO23/GOV/{ward}/seal/registrations"), "is the service of seal"),
        (Wanted("lantern", service="TOKYO23/GOV/131032/lantern/records"), "{ward}"),
        (Wanted("lantern", service="TOKYO23/GOV/{ward}/lantern"), "expected 5 parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, wanted: Wanted, why: str) -> None:
    for room in ("bff/connectors", "bff/exchange"):
        shutil.copytree(ROOT / room, tmp_path / room)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotMade, match=why):
        make(tmp_path, wanted, manifests(), CONNECTORS[-1].__name__)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_a_writer_has_not_yet_said_is_named(tree: Path) -> None:
    folder = new(tree, "lantern_shelf")

    def said() -> list[str]:
        manifest = msgspec.toml.decode((folder / "manifest.toml").read_bytes(), type=Manifest)
        return remaining(tree, "lantern_shelf", manifest)

    assert any("legal" in line for line in said())
    assert any("mapping.py" in line for line in said())
    edit(folder / "manifest.toml", "written by the kit, not read", "read in the ward's ordinance of 2025")
    edit(folder / "manifest.toml", "The interface has not been asked for yet", "The interface is not published")
    edit(folder / "mapping.py", "ended", "closed")
    assert not [line for line in said() if "legal" in line or "mapping.py" in line]


def test_nothing_remains_to_be_said_of_those_that_are_there() -> None:
    folders = {kind.manifest.id: kind.__module__.split(".")[2] for kind in CONNECTORS}
    assert {id: said for id, one in manifests().items() if (said := remaining(ROOT, folders[id], one))} == {}
