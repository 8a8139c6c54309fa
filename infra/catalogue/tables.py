"""The same data as tables: UTF-8 with a byte order mark (spreadsheets ask for it), CRLF, quoted as RFC 4180 says."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from infra.catalogue.shapes import Cost, PublicService, Words
from infra.catalogue.shapes_of_law import Ward

BOM = "\ufeff"
BETWEEN = " | "
"""Between several values of one cell."""
Row = Mapping[str, str]


def procedures(services: Sequence[PublicService]) -> bytes:
    return _table([_service(service) for service in services])


def wards(found: Sequence[Ward]) -> bytes:
    return _table([_ward(ward) for ward in found])


def _service(one: PublicService) -> Row:
    return {
        "identifier": one.identifier,
        **_texts("name", one.name),
        **_texts("officialName", one.official_name),
        "nameKana": one.name_kana,
        **_texts("description", one.description),
        "type": one.type,
        "keyword_ja": _many(one.keyword["ja"]),
        "keyword_en": _many(one.keyword["en"]),
        "competentAuthorityType": one.has_competent_authority.type.value,
        "competentAuthority_ja": one.has_competent_authority.name.ja if one.has_competent_authority.name else "",
        **_texts("addressee", one.addressee),
        **_texts("applicationPeriod", one.application_period),
        **_texts("consequenceOfDelay", one.consequence_of_delay),
        "hasChannel": _many(one.has_channel),
        "filedThrough": one.filed_through.value,
        **_texts("howToApply", one.how_to_apply),
        "signature": one.signature,
        "login": one.login,
        "hasInput_ja": _many(evidence.name.ja for evidence in one.has_input),
        "hasCost": _cost(one.has_cost),
        "produces_ja": one.produces.name.ja if one.produces else "",
        "processingTime": one.processing_time or "",
        "hasLegalResource": one.has_legal_resource or "",
        "requires": _many(one.requires),
        "isGroupedBy": _many(one.is_grouped_by),
        "validFrom": one.valid_from.isoformat() if one.valid_from else "",
        "validUntil": one.valid_until.isoformat() if one.valid_until else "",
        "trust": _many(f"{statement}={trusted.level}" for statement, trusted in sorted(one.trust.items())),
    }


def _ward(one: Ward) -> Row:
    return {
        "localGovernmentCode": one.local_government_code,
        **_texts("name", one.name),
        "nameKana": one.name_kana,
        "population": str(one.population or ""),
        "variants": _many(one.variants),
    }


def _texts(name: str, text: Words | None) -> Row:
    return {f"{name}_{language}": getattr(text, language, "") for language in ("ja", "easy", "en")}


def _many(values: Iterable[str]) -> str:
    return BETWEEN.join(values)


def _cost(cost: Cost) -> str:
    return "" if cost.has_value is None else str(cost.has_value)


def _table(rows: Sequence[Row]) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return (BOM + written.getvalue()).encode()
