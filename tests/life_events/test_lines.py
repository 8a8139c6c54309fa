"""A clerk who edits a file by hand is told the line to look at."""

import shutil
from pathlib import Path

import msgspec
import pytest

import life_events
from life_events import Text, WrongData, load_catalogue
from life_events.lines import line_of, line_of_error, line_of_fault

DATA = Path(life_events.__file__).parent / "data"

FILE = """\
id = "dog"
reads = [
  "self",
  "registry",
]

[name]
ja = "犬"
easy = "いぬ"
en = "Dog"

[reasons.moved]
ja = "引っ越し"
easy = "ひっこし"

[[form.sections]]
id = "one"

[[form.sections.fields]]
id = "breed"
kind = "text"

[[form.sections]]
id = "two"

[[form.sections.fields]]
id = "colour"
kind = "paint"
choices = [
  { value = "b", label = "black" },
  { value = "w", label = "white" },
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 1),
        (("reads", 1), 4),
        (("name", "easy"), 9),
        (("reasons",), None),
        (("reasons", "moved", "ja"), 13),
        (("form", "sections", 0, "fields", 0, "kind"), 21),
        (("form", "sections", 1, "id"), 24),
        (("form", "sections", 1, "fields", 0, "kind"), 28),
        (("form", "sections", 1, "fields", 0, "choices", 1, "label"), 31),
        (("nothing", "here"), None),
    ],
)
def test_a_place_in_a_file_has_a_line(path: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(FILE, path) == line


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("Invalid enum value 'paint' - at `$.form.sections[1].fields[0].kind`", 28),
        ("Object missing required field `en` - at `$.reasons[...]`", 12),
        ("Object contains unknown field `en` - at `$.name`", 10),
        ("Object contains unknown field `reads`", 2),
        ("Expected `array`, got `str` - at `$.id`", 1),
        ("Object missing required field `operator`", None),
    ],
)
def test_what_the_reader_of_the_data_complains_of_is_found_in_the_file(error: str, line: int | None) -> None:
    assert line_of_error(FILE, error) == line


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("reads: no such source ['moon']", 2),
        ("reasons.moved: the three languages name different values", 12),
        ("form field colour: choices: only and always for a choice", 29),
        ("form field breed: given twice", 19),
        ("form section two: no block agent", 23),
        ("form field from_a_block: prefill: no such fact", None),
        ("`id` differs from the file's name", 1),
        ("is in no bundle", None),
    ],
)
def test_what_the_check_of_the_whole_complains_of_is_found_in_the_file(fault: str, line: int | None) -> None:
    assert line_of_fault(FILE, fault) == line


def test_the_words_of_the_library_are_those_we_read() -> None:
    told = [_complaint(raw) for raw in ({"ja": "a", "easy": "b"}, {"ja": "a", "easy": "b", "en": 1}, {"x": ""})]
    assert told[0].startswith("Object missing required field `en`")
    assert told[1].startswith("Expected `str`, got `int`")
    assert told[2].startswith("Object contains unknown field `x`")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("procedures/water.toml", 'operator = "metropolis"', 'operator = "moon"'),
        ("procedures/water.toml", 'easy = "東京都水道局"', 'easy = " "'),
        ("procedures/water.toml", 'reads = ["self"]', 'reads = ["moon"]'),
        ("procedures/water.toml", 'id = "water"', 'id = "wasser"'),
        ("procedures/move_out_notice.toml", 'kind = "phone"', 'kind = "fax"'),
        ("procedures/move_out_notice.toml", 'prefill = "me.name"', 'prefill = "me.x"'),
        ("law/care.toml", "value = 60", 'value = "60"'),
        ("bundles/bereavement.toml", '"death_notice"', '"death_x"'),
    ],
)
def test_the_line_told_is_the_line_that_was_spoilt(tmp_path: Path, file: str, old: str, new: str) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (data / file).read_text(encoding="utf-8")
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongData) as wrong:
        load_catalogue(data)
    told = wrong.value.line
    assert told is not None
    assert f"(line {told})" in str(wrong.value)
    said = (data / file).read_text(encoding="utf-8").splitlines()[told - 1]
    assert new in said


def _complaint(raw: dict[str, object]) -> str:
    with pytest.raises(msgspec.ValidationError) as wrong:
        msgspec.convert(raw, Text)
    return str(wrong.value)
