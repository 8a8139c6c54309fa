"""Files that go along with a notice: the same for all who get it, until a day that is told. ADR 0047."""
