"""One life event, one conversation: answered once, looked through once, signed once, and sent to each office."""
