"""Files between bodies: in parts that may break off and go on, bounded, checked by their digest, there when whole."""
