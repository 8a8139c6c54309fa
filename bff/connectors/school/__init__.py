"""Schools and nurseries: who goes where, and what comes next there."""
