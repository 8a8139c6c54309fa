"""東京都水道局: starts and stops the water at an address."""
