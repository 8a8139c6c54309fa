"""A notice on its way to many: who it is for, kept once, and what people did with it, kept by person."""
