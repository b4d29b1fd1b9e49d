"""The library's pages: the catalogue, a teacher's desk, uploads."""
