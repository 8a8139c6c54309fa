"""The ways a notice leaves the mail room, one file each."""
