"""Pages, JSON API and event streams over the services."""
