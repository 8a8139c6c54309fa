"""The Sender API: ward systems, schools and private partners put one event at a time, and are told what became of it.

Beside the door of the exchange (bff/inlet), for those who are no members of it. ADR 0049.
"""
