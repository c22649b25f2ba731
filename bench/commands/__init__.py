"""The commands of the command line: `run` of the module NAME, listed in COMMANDS of `cli.py`, with conf/NAME.yaml.

`worktrees` is no command: `track` measures two commits with it.
"""
