"""How many boxes the paper forms of some procedures have: `python -m infra.catalogue.paper ID …` prints the sum.

Counted as they stand in the catalogue, which follows the wards' papers: everything that each form asks of everybody,
again on each; not what hangs on another answer. The tick under a form stands for the signature.
"""

import sys
from collections.abc import Iterable

from life_events import Catalogue, load_catalogue


def boxes(catalogue: Catalogue, procedures: Iterable[str]) -> int:
    """Raises KeyError for an id that is no procedure's."""
    forms = [form for id in procedures if (form := catalogue.procedures[id].form) is not None]
    fields = [field for form in forms for section in form.sections for field in section.fields]
    return sum(field.show_if is None for field in fields)


if __name__ == "__main__":
    sys.stdout.write(f"{boxes(load_catalogue(), sys.argv[1:])}\n")
