"""e-Tax: national tax returns are made on the tax agency's own site; it is not called."""
