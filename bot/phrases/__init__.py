"""Every Vietnamese string a user reads, one module per room."""
