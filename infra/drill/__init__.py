"""`make drill`: what breaks in service is broken here, on a city of real processes; who lives in it loses nothing."""
