"""Made-up open data of the 23 wards, as files the way wards publish them: several encodings, a few honest mistakes."""
