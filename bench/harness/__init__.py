"""Measures the packaged service on a PostgreSQL and a receiver of its own."""
