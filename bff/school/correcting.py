"""A notice that was sent is corrected in its place, for exactly those who got it; answers stay, or are asked anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import joining, notice
from bff.school.house import House
from bff.school.notice import Earlier, SchoolNotice
from bff.school.standing import OfPupil
from bff.texts import handed_over
from life_events import Text
from notifications.jobs import day_in_japan
from notifications.post import publish as publishing
from notifications.post.keeping import Asked, Texts

What = Literal["title", "body", "until", "questions", "amount", "one_is_enough", "event"]


@dataclass(frozen=True)
class Effect:
    """What a correction would do. `asks_anew`: the `answers` that are here do not count any more. `letters`: pupils
    whose letter at home says what does not hold any more. `left_behind`: languages of their own in which it still says
    what it said, while the Japanese says something else."""

    changed: tuple[What, ...]
    asks_anew: bool
    answers: int
    letters: int
    left_behind: tuple[Literal["easy", "en"], ...] = ()


def changed(old: SchoolNotice | Earlier, new: SchoolNotice) -> tuple[What, ...]:
    """In the order in which a reader meets it."""
    then, now = old.asks, new.asks
    title, body = (one if isinstance(one, Text) else Text(**one) for one in (old.title, old.body))
    differs: dict[What, bool] = {"title": title != new.title, "body": body != new.body}
    if then is not None and now is not None:
        differs |= {"until": then.until != now.until, "questions": then.questions != now.questions}
        differs |= {
            "amount": then.amount_yen != now.amount_yen,
            "one_is_enough": then.one_is_enough != now.one_is_enough,
        }
    differs["event"] = old.event != new.event
    return tuple(what for what, is_other in differs.items() if is_other)


def effect(old: SchoolNotice, new: SchoolNotice, stand: Sequence[OfPupil], *, anew: bool) -> Effect:
    """`anew`: the teacher wants the answers once more; where other things are asked they are asked in any case."""
    what = changed(old, new)
    must = "questions" in what or "amount" in what
    answers = sum(each.answer is not None for one in stand for each in one.guardians)
    answers += sum(one.paper is not None for one in stand)
    letters = sum(one.on_paper for one in stand) if old.printed is not None else 0
    return Effect(what, old.asks is not None and (must or anew), answers, letters, _left_behind(old, new))


def _left_behind(old: SchoolNotice, new: SchoolNotice) -> tuple[Literal["easy", "en"], ...]:
    both = [(then, now) for then, now in ((old.title, new.title), (old.body, new.body)) if then.ja != now.ja]
    own = {"easy": [(then.easy, now.easy, then.ja) for then, now in both]}
    own |= {"en": [(then.en, now.en, then.ja) for then, now in both]}
    is_left = {name: any(was == now != ja for was, now, ja in those) for name, those in own.items()}
    return tuple(name for name in ("easy", "en") if is_left[name])


def is_paid(stand: Sequence[OfPupil]) -> bool:
    """Somebody has taken the fee as a bill: its amount stands there."""
    return any(each.answer is not None and each.answer.said.get("pay") == "here" for o in stand for each in o.guardians)


async def correct(
    conn: AsyncConnection, house: House, new: SchoolNotice, *, why: str, by: str, asks_anew: bool, now: datetime
) -> bool:
    """House door. False: it was corrected or taken back meanwhile, and nothing is changed."""
    old = await notice.one_held(conn, new.id, to_change=True)
    if old is None or old.revision != new.revision or old.recalled_at is not None:
        return False
    said = {"title": notice.to_json(old.title), "body": notice.to_json(old.body), "asks": old.asks, "event": old.event}
    before = Earlier(revision=old.revision, **said, why=why, by=by, at=now)  # type: ignore[arg-type]
    revision = old.revision + 1
    since = revision if asks_anew else old.asked_since
    kept = replace(new, revision=revision, earlier=(*old.earlier, before), asked_since=since)
    await notice.keep_corrected(conn, kept)
    if asks_anew:
        await joining.end_letters(conn, kept.id, now)
    asked = Asked(
        kept.asks.to_json() if kept.asks else None,
        day_in_japan(kept.closes_at) if kept.closes_at else None,
        asks_anew,
    )
    texts = Texts(handed_over(kept.title), handed_over(kept.body), asked=asked)
    await publishing.revise(conn, house.defer, kept.id, texts, why, now=now)
    return True
