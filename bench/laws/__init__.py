"""What a plug-in claims, put to the test: a law is a pure function that gives a `Finding` where it is broken.

The tests hold every plug-in of the package to them, `python -m bench check FILE` a user's own, and a sweep puts what is
cheap of them to the user's plug-ins that it runs.
"""
