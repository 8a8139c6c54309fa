"""NHK: reports who moved where, which changes an address or begins a contract."""
