"""日本郵便の転居・転送サービス (e転居): has mail to the old address sent on for a year."""
