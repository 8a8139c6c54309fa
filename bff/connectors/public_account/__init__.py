"""公金受取口座: whether she has registered one, and since when; never which."""
