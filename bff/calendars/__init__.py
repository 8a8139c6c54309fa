"""Her dates as calendar files, and a feed she may revoke."""
