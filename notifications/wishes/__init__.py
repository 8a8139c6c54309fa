"""How a resident wishes to be told: what she has muted, her quiet hours, her digest. `asked` is what a sender asks."""
