"""What to take to the counters of a move, and what may stay at home."""

from collections.abc import Iterable, Iterator, Sequence

from life_events.catalogue import Attachment, Catalogue, Procedure
from life_events.move_changes import MoveChange, Paper, Spared
from life_events.ripple import ChangeSpec, MovePlace
from life_events.terms import Text


def attached(procedure: Procedure | None, spec: ChangeSpec) -> tuple[str, ...]:
    if procedure is None or not spec.attachments:
        return ()
    return tuple(f"{procedure.id}.{paper.id}" for paper in procedure.attachments if paper.omitted is None)


def _with_condition(paper: Attachment) -> Text:
    """The name and when it is needed."""
    if paper.needed is None:
        return paper.name
    name, when = paper.name, paper.needed
    return Text(
        ja=f"{name.ja}（{when.ja.rstrip('。')}）",
        easy=f"{name.easy}（{when.easy.rstrip('。')}）",
        en=f"{name.en} ({when.en.rstrip('.')})",
    )


def papers_of(catalogue: Catalogue, changes: Sequence[MoveChange]) -> Iterator[Paper]:
    """Each paper once for each place, in the order of the visits; two names that read alike are one paper."""
    gathered: dict[tuple[MovePlace, str], Paper] = {}
    for change in changes:
        for id in change.papers:
            name = _paper_name(catalogue, id)
            known = gathered.get((change.at, name.ja))
            others = known.changes if known else ()
            gathered[change.at, name.ja] = Paper(known.id if known else id, name, change.at, (*others, change.id))
    yield from gathered.values()


def _paper_name(catalogue: Catalogue, id: str) -> Text:
    if id in catalogue.moving.papers:
        return catalogue.moving.papers[id]
    procedure, _, paper = id.partition(".")
    return _with_condition(next(one for one in catalogue.procedures[procedure].attachments if one.id == paper))


def spared_of(catalogue: Catalogue, found: Iterable[tuple[int, MoveChange, ChangeSpec]]) -> Iterator[Spared]:
    """What falls away by information linkage (情報連携), each once."""
    seen: set[str] = set()
    for _, change, spec in found:
        for name, why in _falling_away(catalogue, change, spec):
            if name.ja not in seen:
                seen.add(name.ja)
                yield Spared(name, why)


def _falling_away(catalogue: Catalogue, change: MoveChange, spec: ChangeSpec) -> Iterator[tuple[Text, Text]]:
    for id in spec.falls_away:
        yield catalogue.moving.papers[id], catalogue.moving.falls_away[id]
    procedure = catalogue.procedures.get(change.procedure or "")
    if procedure is not None and spec.attachments:
        for paper in procedure.attachments:
            if paper.omitted is not None:
                yield paper.name, paper.omitted
