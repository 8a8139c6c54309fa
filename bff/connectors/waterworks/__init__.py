"""東京都水道局: which contract serves which address, and when the meter is read next."""
