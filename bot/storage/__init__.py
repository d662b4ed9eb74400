"""The database layer: one engine for SQLite and PostgreSQL, the tables, their upgrades, and shared commits."""
