"""介護保険: who is insured and certified to which level (ward)."""
