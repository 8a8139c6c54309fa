"""Somebody downloads the open data and builds something of their own on it."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from infra.catalogue.open_data import FILES, LICENCE, files, write
from infra.catalogue.references import load_references
from life_events import contains_individual_number, load_catalogue, static_schema

CATALOGUE = load_catalogue()
REFERENCES = load_references()
DOCUMENTS = {
    "catalogue.json": "Catalogue",
    "bundles.json": "Bundles",
    "law.json": "LawNumbers",
    "wards.json": "Wards",
    "forms.json": "Forms",
}


@pytest.fixture(scope="module")
def published() -> Mapping[str, bytes]:
    return files(CATALOGUE, REFERENCES)


def read(published: Mapping[str, bytes], name: str) -> Any:
    return json.loads(published[name])


def rows(published: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(published[name].decode("utf-8-sig"), newline="")))


def validator(published: Mapping[str, bytes], shape: str) -> jsonschema_rs.Draft202012Validator:
    schema = read(published, "schema.json")
    return jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": schema["$defs"]})


def test_the_schema_is_a_json_schema_of_2020_12(published: Mapping[str, bytes]) -> None:
    schema = read(published, "schema.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(schema)
    assert schema["$defs"].keys() >= set(DOCUMENTS.values())


@pytest.mark.parametrize(("name", "shape"), DOCUMENTS.items())
def test_every_file_is_as_its_schema_says(published: Mapping[str, bytes], name: str, shape: str) -> None:
    assert [str(fault) for fault in validator(published, shape).iter_errors(read(published, name))] == []


def test_the_schema_refuses_what_is_not_published(published: Mapping[str, bytes]) -> None:
    catalogue = read(published, "catalogue.json")
    catalogue["publicServices"][0]["trust"]["deadline"]["level"] = "very sure"
    assert not validator(published, "Catalogue").is_valid(catalogue)
    catalogue = read(published, "catalogue.json")
    catalogue["publicServices"][0]["phoneOfSomebody"] = "03-0000-0000"
    assert not validator(published, "Catalogue").is_valid(catalogue)


def test_every_field_that_is_not_plain_has_its_meaning_in_the_schema(published: Mapping[str, bytes]) -> None:
    service = read(published, "schema.json")["$defs"]["PublicService"]["properties"]
    assert [field for field, about in service.items() if not about.get("description")] == []


def test_the_whole_catalogue_is_published_and_nothing_else(published: Mapping[str, bytes]) -> None:
    services = read(published, "catalogue.json")["publicServices"]
    assert [one["identifier"] for one in services] == sorted(CATALOGUE.procedures)
    assert [row["identifier"] for row in rows(published, "procedures.csv")] == sorted(CATALOGUE.procedures)
    assert len(read(published, "wards.json")["wards"]) == len(rows(published, "wards.csv")) == 23
    assert [one["identifier"] for one in read(published, "bundles.json")["lifeEvents"]] == [
        bundle.id for bundle in CATALOGUE.bundles
    ]
    assert len(read(published, "law.json")["numbers"]) == len(CATALOGUE.law.numbers)
    with_form = sorted(id for id, one in CATALOGUE.procedures.items() if one.form)
    assert [form["procedure"] for form in read(published, "forms.json")["forms"]] == with_form


def test_every_form_carries_a_schema_that_stops_only_what_the_house_stops(published: Mapping[str, bytes]) -> None:
    forms = {form["procedure"]: form for form in read(published, "forms.json")["forms"]}
    for id, form in forms.items():
        schema = form["schema"]
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)
        assert schema == json.loads(json.dumps(static_schema(CATALOGUE.procedures[id])))
        asked = {item["identifier"] for section in form["sections"] for item in section["items"]}
        assert schema["properties"].keys() == asked
    judge = Draft202012Validator(forms["child_allowance_claim"]["schema"])
    assert not judge.is_valid({})
    wrong = {"claimant_phone": "call me", "agreed": False}
    assert {"claimant_phone", "agreed"} <= {fault.path[0] for fault in judge.iter_errors(wrong) if fault.path}


def test_a_schema_without_the_days_of_today_has_a_name_of_its_own_and_says_how_they_are_reckoned(
    published: Mapping[str, bytes],
) -> None:
    """A birthday in the year 3000 goes through it, and the house refuses that: so it may not be called the house's."""
    form = next(one for one in read(published, "forms.json")["forms"] if one["procedure"] == "child_allowance_claim")
    schema = form["schema"]
    assert schema["$id"] == f"urn:kurashimado:form:child_allowance_claim:{form['version']}:without-days"
    assert schema["title"].endswith("（日と人の制限を除く）")
    born = schema["properties"]["claimant_birth_date"]
    assert Draft202012Validator(born).is_valid("3000-01-01")
    assert born["x-days-to"] == 0
    for told in (schema["$comment"], read(published, "index.json")["daysOfForms"], published["index.html"].decode()):
        assert "x-days-from" in told
        assert "both included" in told


def test_the_allowance_reads_as_the_law_has_it(published: Mapping[str, bytes]) -> None:
    services = {one["identifier"]: one for one in read(published, "catalogue.json")["publicServices"]}
    claim = services["child_allowance_claim"]
    assert claim["name"]["en"] == "Claim child allowance"
    assert claim["hasLegalResource"].startswith("児童手当法7条")
    assert claim["hasCompetentAuthority"]["type"] == "ward"
    assert claim["trust"]["deadline"]["level"] == "A"
    assert "childcare" in claim["isGroupedBy"]
    assert services["move_in_notice"]["requires"][0] == "move_out_notice"


def test_a_number_in_law_says_from_which_day_and_how_it_counts(published: Mapping[str, bytes]) -> None:
    numbers = {one["identifier"]: one for one in read(published, "law.json")["numbers"]}
    birth = numbers["birth_notice"]
    assert (birth["countsFrom"], birth["rolls"], birth["values"][-1]["value"]) == ("event", True, 14)
    assert numbers["move_in_notice"]["countsFrom"] == "next_day"
    assert "2026-11-23" in read(published, "law.json")["closedDays"]


def test_every_vaccine_is_published_with_its_window_and_gaps(published: Mapping[str, bytes]) -> None:
    vaccines = {one["identifier"]: one for one in read(published, "law.json")["vaccines"]}
    assert len(vaccines) == 16
    assert (vaccines["rota1"]["first"], vaccines["rota1"]["last"]) == ({"days": 42}, {"days": 168})
    third = vaccines["hepb"]["courses"][0]["doses"][2]
    assert third["gaps"] == [{"after": 1, "daysBetween": 139}]
    assert vaccines["mr2"]["first"] == {"schoolYear": -1}


def test_every_source_that_is_cited_can_be_looked_up(published: Mapping[str, bytes]) -> None:
    catalogue = read(published, "catalogue.json")
    cited = {
        source
        for service in catalogue["publicServices"]
        for trusted in service["trust"].values()
        for source in trusted.get("sources", ())
    }
    assert cited
    assert cited <= catalogue["references"].keys()
    assert catalogue["references"]["S034"]["publisher"] == "Digital Agency"


def test_a_table_holds_what_the_json_holds(published: Mapping[str, bytes]) -> None:
    services = {one["identifier"]: one for one in read(published, "catalogue.json")["publicServices"]}
    for row in rows(published, "procedures.csv"):
        service = services[row["identifier"]]
        assert row["name_ja"] == service["name"]["ja"]
        assert row["officialName_easy"] == service["officialName"]["easy"]
        assert row["howToApply_en"] == service["howToApply"]["en"]
        assert row["hasLegalResource"] == service.get("hasLegalResource", "")
        assert [each for each in row["requires"].split(" | ") if each] == service["requires"]
        assert [each for each in row["keyword_ja"].split(" | ") if each] == service["keyword"]["ja"]
    minato = next(row for row in rows(published, "wards.csv") if row["localGovernmentCode"] == "131032")
    assert (minato["name_ja"], minato["nameKana"], minato["name_en"]) == ("港区", "みなとく", "Minato City")


def test_a_spreadsheet_opens_the_tables_in_japanese(published: Mapping[str, bytes]) -> None:
    for name in ("procedures.csv", "wards.csv"):
        assert published[name].startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in published[name]


def test_the_index_names_version_day_licence_and_every_file(published: Mapping[str, bytes]) -> None:
    index = read(published, "index.json")
    assert index["dateOfState"] == "2026-11-23"
    assert date.fromisoformat(index["dateOfState"]) == REFERENCES.as_of
    assert index["licence"] == LICENCE == "https://creativecommons.org/licenses/by/4.0/"
    assert {file["path"] for file in index["files"]} == {f"/open/{name}" for name in FILES}
    assert all(file["bytes"] == len(published[file["path"].removeprefix("/open/")]) for file in index["files"])
    versions = {read(published, name)["version"] for name in (*DOCUMENTS, "index.json", "search.json")}
    assert len(versions) == 1
    assert re.fullmatch("[0-9a-f]{12}", versions.pop())


def test_the_same_catalogue_has_the_same_bytes(published: Mapping[str, bytes]) -> None:
    assert files(load_catalogue(), load_references()) == published


def texts(value: Any) -> Iterator[str]:
    """Every sentence for people in a published file."""
    if isinstance(value, dict):
        yield from (value[language] for language in ("ja", "easy", "en") if isinstance(value.get(language), str))
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_no_person_is_in_it(published: Mapping[str, bytes]) -> None:
    found = [text for name in DOCUMENTS for text in texts(read(published, name))]
    assert len(found) > 300
    assert [text for text in found if contains_individual_number(text) or re.search(r"[\w.]+@[\w.]+", text)] == []


def test_a_file_that_is_no_longer_published_goes_away(published: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("gone", encoding="utf-8")
    write(published, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(published)
