"""住民基本台帳: who lives together, where and since when (ward)."""
