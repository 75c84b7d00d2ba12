"""Speed and size: a generator of syntheses of any size, and what is timed on them.

Outside the package: it is no part of the wheel, and nothing in ``kg`` knows of it.
"""
