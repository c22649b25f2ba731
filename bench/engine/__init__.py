"""From draws to power sums, stage by stage until the ratios are precise."""
