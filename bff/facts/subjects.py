"""Her as each ward and service may know her: under a pseudonym that is theirs alone."""

from __future__ import annotations

from bff.connectors.sectors import of_ward, sector_of
from bff.exchange.reading import Subject
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident


class Subjects:
    def __init__(self, pairwise: Pairwise) -> None:
        self._pairwise = pairwise

    def of(self, resident: Resident, source: str) -> Subject:
        """As `source` (the id of a connector), of her ward when it is a ward's, may know her."""
        return self._known(resident, sector_of(source, resident.ward), resident.ward)

    def in_ward(self, resident: Resident, ward: str, known_as: str | None = None) -> Subject:
        """As a ward may know her, be it hers today or not; `known_as`: an id it was given already."""
        return self._known(resident, of_ward(ward), ward, known_as)

    def _known(self, resident: Resident, sector: str, ward: str | None, known_as: str | None = None) -> Subject:
        basics = resident.basics
        return Subject(
            id=known_as or self._pairwise.id_for(resident.id, sector, resident.pairwise),
            name=basics.name,
            birth_date=basics.birth_date,
            address=basics.address,
            ward=ward,
        )
