"""The program's face without a window: verbs that do one job and end.

It stands beside the window in `gui` because it shows the same plan to the same people; it imports
Qt only in the verbs that draw (``render``, ``report``), and then under the offscreen platform.
"""
