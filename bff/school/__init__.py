"""Schools and nurseries: their rosters, what they ask of guardians, absences, replies and letters. ADR 0048."""
