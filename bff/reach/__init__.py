"""How a resident is reached beyond her phone: her confirmed addresses, who else is asked, and the letters of a ward.

The mail room climbs the ladder (notifications/reach); what it must not know, addresses and families, stays here.
ADR 0049.
"""
