"""The catalogue in the formats of others, pure: MOOChub for course portals, AMB for search indexes, OAI-PMH for harvesters."""

from courses.exchange.record import House, OpenStep, SharedCourse

__all__ = ["House", "OpenStep", "SharedCourse"]
