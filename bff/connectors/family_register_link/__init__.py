"""戸籍情報連携: whether two are related, and whether an identifier for an electronic certificate still holds."""
