"""The electricity company: starts and stops the power at an address."""
