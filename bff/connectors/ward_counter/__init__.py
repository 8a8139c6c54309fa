"""The ward's counter: takes applications in and tells where they stand."""
