"""What officials change of a running house without a release: words and days, banners, a ward's start."""
