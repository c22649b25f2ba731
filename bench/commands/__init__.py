"""The commands of the command line, one a file, each with its conf/NAME.yaml."""
