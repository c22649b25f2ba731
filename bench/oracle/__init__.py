"""Exact values without sampling, and every number held against them."""
