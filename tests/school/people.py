"""A school with its class list, and the families who hear of it; everything through the pages and the phone's door."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pypdfium2

from tests.staff.desk import Official, Page
from tests.town import Person, Town
from tests.uploads.test_uploads import a_photo

SCHOOL = "/staff/school"
WHOLE = (
    "{ viewer { schools { pupils { id child name school className cutOff paper mayAnswer guardians helpers { id name }"
    " absences { id version kind state fromOn toOn isLate isMine reason note symptoms reply } }"
    " notices { notice pupil kind closed byOther oneIsEnough until amountYen questions { id kind choices { id } }"
    " mine { id state said { question answer } } waiting { state } refused { state }"
    " lines { text bySchool byName } event { on place } } } } }"
)
ANSWER = (
    "mutation($input: AnswerNoticeInput!) { it: answerNotice(input: $input) { __typename"
    " ... on SchoolAnswer { state } ... on FieldsRefused { fields { field code } } } }"
)
ABSENCE = (
    "mutation($input: AbsenceInput!) { it: reportAbsence(input: $input) { __typename"
    " ... on Absence { state version isLate } ... on FieldsRefused { fields { field code } } } }"
)
LINE = (
    "mutation($input: LineInput!) { it: writeToSchool(input: $input) { __typename"
    " ... on SchoolLine { text files { id mediaType keptUntil isOver } }"
    " ... on FieldsRefused { fields { field code } } } }"
)
JOIN = "mutation($code: String!) { it: joinPupil(code: $code) { __typename ... on Pupil { id name mayAnswer } } }"


async def hers(person: Person) -> dict[str, Any]:
    return dict((await person.asks(WHOLE))["viewer"]["schools"])


async def does(person: Person, mutation: str, **variables: Any) -> dict[str, Any]:
    return dict((await person.asks(mutation, **variables))["it"])


async def child_of(person: Person) -> tuple[str, str]:
    """Name and day of birth of the oldest child of the household."""
    told = await person.asks("{ viewer { family { children { name birthDate } } } }")
    one = sorted(told["viewer"]["family"]["children"], key=lambda each: str(each["birthDate"]))[0]
    return one["name"], one["birthDate"]


async def brings(official: Official, body: bytes, name: str = "名簿.csv") -> Page:
    file = {"file": (name, body, "application/octet-stream")}
    return Page(await official.browser.post(f"{SCHOOL}/roster", files=file))


async def opened_school(town: Town, rows: str, persona: str = "staff-minato-school") -> Official:
    """Its list is in and counts."""
    official = Official(await town.official(persona))
    begun = await official.sends(f"{SCHOOL}/roster/start", {"kind": "elementary", "cut_off": "08:20"})
    assert begun.status == 303, begun.text
    shown = await brings(official, rows.encode("cp932"))
    assert shown.status == 303, shown.text
    counted = await official.sends(f"{shown.goes_to}/count", {})
    assert counted.status == 303, counted.text
    return official


def codes_in(answer: httpx.Response) -> list[str]:
    """The codes on the letters, one a page, read from the PDF itself."""
    book = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in book)
    return re.findall(r"コード：\s*([0-9A-Za-z-]+)", text)


async def writes(official: Official, **fields: str | list[str]) -> str:
    """A notice that was looked over and sent: where it stands."""
    page = await official.opens(f"{SCHOOL}/notices/new")
    form: dict[str, str | list[str]] = {
        "key": page.value("key"),
        "title_ja": "校外学習",
        "body_ja": "動物園へ行きます。",
    }
    shown = await official.sends(f"{SCHOOL}/notices/new", {**form, **fields, "do": "check"})
    assert shown.status == 200, shown.text
    for _ in range(2):
        sent = await official.sends(f"{SCHOOL}/notices/new", {**form, **fields, "do": "send"})
        assert sent.status == 303, sent.text
    return sent.goes_to.partition("?")[0]


async def at_school(town: Town, person: Person) -> dict[str, str]:
    """Her child in its class, a notice she answered, an absence she told of, and a code that she has used."""
    name, born = await child_of(person)
    teacher = await opened_school(town, f"組,氏名,生年月日\n1年2組,{name},{born}\n1年2組,海野 みなと,2019-06-01\n")
    await person.fills_home()
    await town.promises_are_kept()
    (code,) = codes_in(await teacher.browser.get(f"{SCHOOL}/roster/letters"))
    (pupil,) = (await hers(person))["pupils"]
    until = (town.house.clock() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    notice = (await writes(teacher, to=["school:芝浜小学校"], asks="consent", until=until)).rpartition("/")[2]
    answer, absence, at = str(uuid4()), str(uuid4()), {"pupil": pupil["id"], "sentAt": until + ":00Z"}
    wish = {"id": answer, "notice": notice, "pupil": pupil["id"], "answeredAt": until + ":00Z"}
    assert (await does(person, ANSWER, input={**wish, "answers": {"consent": "yes"}}))["state"] == "COUNTED"
    day = str(town.house.today())
    sick = {"id": absence, "version": 1, "kind": "SICK", "fromOn": day, "toOn": day, **at}
    assert (await does(person, ABSENCE, input=sick))["state"] == "SENT"
    assert (await does(person, JOIN, code=code))["__typename"] == "Pupil"
    upload = (await person.browser.post("/uploads", content=a_photo())).json()["id"]
    line = {"id": str(uuid4()), "notice": notice, "pupil": pupil["id"], "text": "", "files": [upload]}
    (file,) = (await does(person, LINE, input=line))["files"]
    told = {"pupil": pupil["id"], "school_notice": notice, "school_answer": answer, "absence": absence}
    told["school_file"] = file["id"]
    told |= dict.fromkeys(("answer", "roster_import", "off"), answer)
    return {**told, "pupil_code": code, "guardian": pupil["child"]}
