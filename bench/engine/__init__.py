"""From draws to power sums, stage by stage until the ratios of variances to the reference's are precise."""
