"""The doors for programs below /api/v1/, in the order of their document."""

from api.v1 import catalogue, houses, mine, office
from api.v1.document import document
from api.v1.doors import doors

__all__ = ["document", "doors"]

doors.add_router("", catalogue.router)
doors.add_router("", mine.router)
doors.add_router("", houses.router)
doors.add_router("", office.router)
