"""An account from its first day to its last: what it holds, a code from a desk, two that become one, and its end."""
