"""What surrounds the house: migrations, stand-ins, load, decisions."""
