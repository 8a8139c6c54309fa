"""Clinics: free times for vaccinations and health checks, a booking, and its cancellation; no illness is told."""
