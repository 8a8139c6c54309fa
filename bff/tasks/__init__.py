"""Many hands: what somebody else adds to an application, by a link that opens that one part once."""
