"""Pictures of every screen in each theme, language and size of words, beside the set last reviewed."""
