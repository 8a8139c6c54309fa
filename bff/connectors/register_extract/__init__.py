"""登記情報: what a land, building or company register says at its head, and whether she is its holder."""
