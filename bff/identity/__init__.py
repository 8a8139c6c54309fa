"""Who is here: residents by card login, officials by their ward's realm, and their sessions."""
