"""`python -m infra.fuzz.one NAME [flags of libFuzzer]`, in the environment that has atheris."""

from __future__ import annotations

import sys

import atheris

READ = [
    *("bff.calendars", "bff.exchange", "bff.facilities", "bff.graphql.limits", "bff.graphql.pages", "bff.guards"),
    *("bff.identity", "bff.inlet.coming", "bff.limits.address", "bff.login.flow", "bff.mail.attaching"),
    *("bff.paper.days", "bff.payments.card", "bff.payments.signed", "bff.reach.links", "bff.reach_desk"),
    *("bff.school.filled_rows", "bff.school.roster_file", "bff.senders.event", "bff.signing.bundle", "bff.uploads"),
    *("email", "life_events.individual_number", "notifications.channels", "notifications.inbox"),
]
"""Where input from outside is read: to follow all of the house takes longer than to try it."""

with atheris.instrument_imports(include=READ):
    from infra.fuzz.all import targets


def main(arguments: list[str]) -> None:
    name, *flags = arguments
    atheris.Setup([name, *flags], targets()[name].tries)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
