"""The gas company: starts and stops the gas, and books the visit at which it is opened (開栓立会い)."""
