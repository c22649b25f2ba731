"""Two results and a verdict: has a statistic changed, has a time regressed?"""
