"""What may be wrong with a Lernstadt, each in one small function that says what is wrong and what to do."""

from recovery.doctor.looking import CHECKS, DoctorFinding, examine

__all__ = [
    "CHECKS",
    "DoctorFinding",
    "examine",
]
