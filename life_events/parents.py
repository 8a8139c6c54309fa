"""Whose child somebody of the household is, as far as the register tells; it never guesses."""

from life_events.facts import Facts, Household, Member

COUPLE = ("head", "spouse")
MY_CHILD = "my_child"
"""Asked of a child whose parents the register does not name: a grandchild of the head is written down as another
relative, whoever of the household the parent is."""


def raised_by_me(facts: Facts, home: Household, child: Member) -> bool:
    """A child of the couple that heads the household, seen by one of the two; or one she has called her own."""
    if home.me is None or child.me:
        return False
    if home.me.relation in COUPLE:
        return child.relation == "child"
    return child.relation == "other" and facts.answers.yes(MY_CHILD, child.person) is True


def may_be_mine(facts: Facts, home: Household, child: Member) -> bool:
    """The register leaves open whose child it is, and she has not said."""
    me = home.me
    if me is None or me.relation in COUPLE or child.relation != "other" or child.birth_date <= me.birth_date:
        return False
    return facts.answers.yes(MY_CHILD, child.person) is None


def has_partner(home: Household) -> bool:
    """Whether both of a couple stand in the register, and she is one of them."""
    relations = {one.relation for one in home.members}
    return home.me is not None and home.me.relation in COUPLE and relations.issuperset(COUPLE)
