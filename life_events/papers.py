"""Which papers of a procedure may go along with its form as photographs."""

from life_events.catalogue import Attachment, Catalogue


def papers_to_photograph(catalogue: Catalogue, ward: str | None, procedure: str) -> tuple[Attachment, ...]:
    """As the ward's own file has it, else as the procedure's: not what is wanted in the original, nor what stays with
    her. Whether a photograph is enough is for the ward to say; none says it does not want one."""
    spec = catalogue.procedures[procedure]
    here = catalogue.wards.get(ward or "")
    own = here.procedures.get(procedure) if here else None
    listed = spec.attachments if own is None or own.attachments is None else own.attachments
    return tuple(one for one in listed if not one.original and not one.shown_only)
