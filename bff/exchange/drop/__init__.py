"""The way in and out for wards on old systems: folders of CSV or fixed-width files, described by `layout.toml`."""
