"""What people type, and the days they live in: one way to write it down, and one way to compare it.

Pure, and below every other room.
"""
