"""A moving company: free slots, a quote, a booking, and its cancellation."""
