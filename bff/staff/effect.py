"""/staff/effect: what going online saved the ward, by the study's formulas; and what those figures assume."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlalchemy.exc import IntegrityError

from bff.effect import assumptions, files
from bff.effect.assumptions import BOUNDS, BY_POPULATION, shipped
from bff.effect.board import reach
from bff.effect.pictures import by_month, by_table
from bff.effect.study import lines, study
from bff.effect.view import PERIODS, Board, assumed_in, of_one, share
from bff.effect.words import Told
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import Visit, Visiting
from bff.staff.words import knows, word

PATH: Final = "/staff/effect"
YEAR: Final = 12
ASSUME: Final = "effect_assume"


@get("/effect", act="effect_read")
async def effect(visit: Visiting, months: FromQuery[str] = "") -> Response[str]:
    board = await _board(visit, months)
    of, assumed = study(), board.assumed or {}
    names = {one.id: one.name.ja for one in visit.house.catalogue.bundles}
    return visit.show(
        "effect.html",
        board=board,
        told=Told("ja"),
        periods=PERIODS,
        events=[(names[one.id], one) for one in board.events if one.counts],
        tables=by_table("effect", board.rows, "ja"),
        monthly=by_month("months", board.monthly, "ja"),
        lines=lines(of),
        source=of.source,
        assumed=[
            (word("field", name), f"{value:,}{word('effect_unit', _unit(name))}") for name, value in assumed.items()
        ],
        reach=Told("ja").share(reach(board.counts, assumed, board.months)),
    )


@get("/effect.csv", act="effect_read")
async def as_csv(visit: Visiting, months: FromQuery[str] = "") -> Response[str]:
    made = files.board_csv(await _board(visit, months))
    named = {"Content-Disposition": 'attachment; filename="kurashimado-effect.csv"', "Cache-Control": "no-store"}
    return Response(made, media_type="text/csv", headers=named)


@get("/effect/assumptions", act=ASSUME)
async def before_assuming(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _form(visit, done=done)


@post("/effect/assumptions", act=ASSUME)
async def assume(visit: Visiting, typed: Sent) -> Response[Any]:
    """What is left empty is the study's."""
    said, mistakes = _said(typed)
    note = typed.one("note").strip()
    mistakes += mistakes_in(note)
    if mistakes:
        return await _form(visit, 422, typed=typed, mistakes=mistakes)
    return await _keep(visit, said, note, typed)


@post("/effect/assumptions/back", act=ASSUME)
async def go_back(visit: Visiting, typed: Sent) -> Response[Any]:
    """An earlier version becomes a new one; 0 is the study's own."""
    async with visit.door() as conn:
        known = {str(one.number): one.said for one in await assumptions.history(conn, visit.official.ward)}
    wanted = typed.one("version")
    if wanted != "0" and wanted not in known:
        return await _form(visit, 422, mistakes=(Mistake("version", word("effect", "no_version")),))
    return await _keep(visit, known.get(wanted, {}), word("effect", "went_back", number=wanted), typed)


async def _keep(visit: Visit, said: Mapping[str, int], note: str, typed: Typed) -> Response[Any]:
    who = visit.official
    try:
        async with visit.door() as conn:
            number = await assumptions.keep(
                conn, ward=who.ward, said=said, by=who.id, by_name=who.name, note=note, now=visit.now
            )
            await visit.note(conn, ASSUME, about=word("effect", "version", number=number), reason=note)
    except IntegrityError:
        return await _form(visit, 409, typed=typed, mistakes=(Mistake("note", word("effect", "at_once")),))
    return Redirect(f"{PATH}/assumptions?done=kept", status_code=303)


async def _board(visit: Visit, months: str) -> Board:
    chosen = int(months) if months in {str(one) for one in PERIODS} else YEAR
    async with visit.door() as conn:
        return await of_one(conn, visit.house.catalogue, visit.official.ward, visit.today, chosen)


async def _form(
    visit: Visit, status: int = 200, *, typed: Typed | None = None, mistakes: tuple[Mistake, ...] = (), done: str = ""
) -> Response[str]:
    ward = visit.official.ward
    async with visit.door() as conn:
        history = await assumptions.history(conn, ward)
    said = history[0].said if history else {}
    shown = typed or Typed({name: (str(value),) for name, value in said.items()})
    default = shipped(share(visit.house.catalogue, ward))
    fields = [(name, word("field", name), _hint(name, default[name])) for name in BOUNDS]
    return visit.show(
        "effect_assumptions.html",
        status,
        fields=fields,
        typed=shown,
        mistakes=mistakes,
        wrong={one.field: one.text for one in mistakes},
        history=history,
        labels={name: word("field", name) for name in BOUNDS},
        told=word("effect_done", done) if knows("effect_done", done) else "",
        assumed=assumed_in(visit.house.catalogue, ward, history[0] if history else None),
    )


def _said(typed: Typed) -> tuple[Mapping[str, int], tuple[Mistake, ...]]:
    said, mistakes = {}, []
    for name, (least, most) in BOUNDS.items():
        written = typed.one(name).strip().replace(",", "")
        if not written:
            continue
        if written.isascii() and written.isdigit() and assumptions.fits(name, int(written[:20])):
            said[name] = int(written)
        else:
            text = word("effect", "bounds", least=f"{least:,}", most=f"{most:,}")
            mistakes.append(Mistake(name, text))
    return said, tuple(mistakes)


def _hint(name: str, default: int) -> str:
    key = "hint_by_population" if name in BY_POPULATION else "hint"
    return word("effect", key, value=f"{default:,}{word('effect_unit', _unit(name))}")


def _unit(name: str) -> str:
    if "yen" in name:
        return "yen"
    if name.endswith("_saved"):
        return "per_cent"
    return {"staff": "people", "reference_staff": "people", "visits": "cases"}.get(name, "minutes")


HANDLERS = (effect, as_csv, before_assuming, assume, go_back)
