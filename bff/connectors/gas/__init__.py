"""The gas company: which contract serves which address, and whether it is town gas or cylinders."""
