"""The documentation as a site, made of the repository: its own pages, files that are there anyway, references."""
