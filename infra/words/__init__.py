"""What the app's build asks of Python: how the kanji of its texts are read, and where their lines may break."""
