"""From the catalogue as the app holds it to the shapes that are published."""

import re
from collections.abc import Mapping

from infra.catalogue import shapes, shapes_of_law
from infra.catalogue.references import References
from life_events import BundleSpec, Catalogue, Procedure, Text, Ward
from life_events.catalogue import Attachment, Override, Trust
from life_events.law import Number, Window, Yearly

SOURCE = re.compile("S[0-9]{3}")


def public_services(catalogue: Catalogue) -> tuple[shapes.PublicService, ...]:
    """Every procedure, by identifier."""
    groups = {id: tuple(b.id for b in catalogue.bundles if id in b.procedures) for id in catalogue.procedures}
    return tuple(_service(one, groups[one.id]) for _, one in sorted(catalogue.procedures.items()))


def life_events(catalogue: Catalogue) -> tuple[shapes.LifeEvent, ...]:
    return tuple(_event(bundle) for bundle in catalogue.bundles)


def numbers(catalogue: Catalogue) -> tuple[shapes_of_law.LegalNumber, ...]:
    return tuple(_number(number) for _, number in sorted(catalogue.law.numbers.items()))


def yearly(catalogue: Catalogue) -> tuple[shapes_of_law.YearlyWindow, ...]:
    return tuple(_yearly(window) for _, window in sorted(catalogue.law.yearlies.items()))


def wards(catalogue: Catalogue) -> tuple[shapes_of_law.Ward, ...]:
    return tuple(_ward(ward) for _, ward in sorted(catalogue.wards.items()))


def cited(catalogue: Catalogue, references: References) -> Mapping[str, shapes.Reference]:
    """The references that some file of the catalogue names."""
    by_id = references.by_id
    return {
        id: shapes.Reference(publisher=by_id[id].publisher, address=by_id[id].address)
        for id in sorted(citations(catalogue) & by_id.keys())
    }


def citations(catalogue: Catalogue) -> set[str]:
    """Every source that a procedure, a number in law, a vaccine, a change of a move or a ward names, in notes too."""
    law, wards = catalogue.law, catalogue.wards.values()
    procedures = [trust.sources for one in catalogue.procedures.values() for trust in one.confidence.values()]
    numbers = [number.sources for number in law.numbers.values()] + [one.sources for one in law.yearlies.values()]
    numbers += [vaccine.sources for vaccine in law.vaccines]
    own = [own.sources for ward in wards for own in ward.procedures.values()]
    own += [window.sources for ward in wards for window in ward.windows] + [ward.opening.sources for ward in wards]
    own += [one.sources for ward in wards for one in ward.yearly]
    own += [ward.sources for ward in wards] + [ripple.sources for ripple in catalogue.ripples]
    notes = " ".join(trust.note for one in catalogue.procedures.values() for trust in one.confidence.values())
    return {source for sources in (*procedures, *numbers, *own, SOURCE.findall(notes)) for source in sources}


def _service(one: Procedure, groups: tuple[str, ...]) -> shapes.PublicService:
    days = one.result.standard_days if one.result else None
    return shapes.PublicService(
        identifier=one.id,
        name=_words(one.name),
        official_name=_words(one.official_name),
        name_kana=one.kana,
        description=_maybe(one.summary),
        type=one.category,
        keyword={"ja": one.keywords.ja, "en": one.keywords.en},
        has_competent_authority=shapes.Authority(type=one.operator, name=_maybe(one.operator_name)),
        addressee=_maybe(one.who),
        application_period=_maybe(one.window),
        consequence_of_delay=_maybe(one.late),
        has_channel=one.channels,
        filed_through=one.channel,
        how_to_apply=_words(one.how),
        follow_up=_maybe(one.follow_up),
        signature=one.signature,
        login=one.login,
        has_input=tuple(_evidence(each) for each in one.attachments),
        has_form=one.form is not None,
        has_cost=shapes.Cost(has_value=one.fee.yen, description=_maybe(one.fee.note)),
        produces=_output(one),
        processing_time=f"P{days}D" if days is not None else None,
        has_legal_resource=one.law,
        requires=one.after,
        is_grouped_by=groups,
        on_demand=one.on_demand,
        valid_from=one.effective.start,
        valid_until=one.effective.until,
        trust={statement: _trusted(trust) for statement, trust in one.confidence.items()},
    )


def _output(one: Procedure) -> shapes.Output | None:
    return shapes.Output(name=_words(one.result.name), description=_maybe(one.result.note)) if one.result else None


def _evidence(one: Attachment) -> shapes.Evidence:
    return shapes.Evidence(
        identifier=one.id,
        name=_words(one.name),
        needed_when=_maybe(one.needed),
        omitted_when=_maybe(one.omitted),
        original=one.original,
        shown_only=one.shown_only,
    )


def _trusted(trust: Trust) -> shapes.Trusted:
    return shapes.Trusted(level=trust.level, sources=trust.sources, note=trust.note)


def _of(entry: Number | Yearly | Window) -> shapes.Trusted:
    return shapes.Trusted(level=entry.confidence, sources=entry.sources, note=entry.note)


def _event(bundle: BundleSpec) -> shapes.LifeEvent:
    return shapes.LifeEvent(
        identifier=bundle.id,
        name=_words(bundle.name),
        description=_words(bundle.summary),
        has_related_service=bundle.procedures,
        start_question=bundle.start,
    )


def _number(number: Number) -> shapes_of_law.LegalNumber:
    return shapes_of_law.LegalNumber(
        identifier=number.id,
        has_legal_resource=number.law,
        counts_from="event" if number.first_day == "counted" else "next_day",
        rolls=number.rolls,
        values=number.values,
        trust=_of(number),
    )


def _yearly(window: Yearly) -> shapes_of_law.YearlyWindow:
    return shapes_of_law.YearlyWindow(
        identifier=window.id,
        has_legal_resource=window.law,
        opens=window.opens,
        closes=window.closes,
        since=window.since,
        rolls=window.rolls,
        trust=_of(window),
    )


def _ward(ward: Ward) -> shapes_of_law.Ward:
    return shapes_of_law.Ward(
        local_government_code=ward.code,
        name=_words(ward.name),
        name_kana=ward.kana,
        population=ward.population,
        sources=ward.sources,
        variants={id: _variant(own) for id, own in sorted(ward.procedures.items())},
        numbers=ward.numbers,
        windows=tuple(
            shapes_of_law.OwnWindow(identifier=own.id, opens=own.opens, closes=own.closes, trust=_of(own))
            for own in ward.windows
        ),
        yearly=tuple(_yearly(own) for own in ward.yearly),
        opening=_maybe(ward.opening.note),
    )


def _variant(own: Override) -> shapes_of_law.Variant:
    return shapes_of_law.Variant(
        name=_maybe(own.name),
        filed_through=own.channel,
        has_channel=own.channels,
        how_to_apply=_maybe(own.how),
        consequence_of_delay=_maybe(own.late),
        follow_up=_maybe(own.follow_up),
        application_period=_maybe(own.window),
        description=_maybe(own.summary),
        addressee=_maybe(own.who),
        available_at=_maybe(own.where),
        has_cost=shapes.Cost(has_value=own.fee.yen, description=_maybe(own.fee.note)) if own.fee else None,
        has_input=None if own.attachments is None else tuple(_evidence(each) for each in own.attachments),
        trust=shapes.Trusted(level=own.confidence, sources=own.sources),
    )


def _words(text: Text) -> shapes.Words:
    return shapes.Words(ja=text.ja, easy=text.easy, en=text.en)


def _maybe(text: Text | None) -> shapes.Words | None:
    return None if text is None else _words(text)
