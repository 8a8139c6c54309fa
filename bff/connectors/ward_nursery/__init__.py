"""保育の利用: where a child's place or application stands, and what is paid a month."""
