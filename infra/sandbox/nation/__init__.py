"""The nation's services that keep something: Mynaportal, its mailbox for municipalities, registers, payments."""
