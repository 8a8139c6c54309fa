"""The mail room: it keeps an address book of its own, receives notices and brings them to people."""
