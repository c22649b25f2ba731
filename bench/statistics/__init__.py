"""Pure functions of arrays, each with its reference."""
