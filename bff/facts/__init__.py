"""What is known of each resident: told by a source, kept for a while under her own key, asked anew at once."""
