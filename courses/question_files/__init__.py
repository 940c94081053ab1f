"""Questions that somebody has in a file of Moodle: GIFT, or its XML. Pure: what they become are values of our blocks.

What has no kind here, or is graded otherwise than we grade, is left and told with its reason; nothing is bent to fit.
"""

from courses.question_files import gift, moodle_xml
from courses.question_files.found import BadQuestions, FoundQuestion, LeftQuestion, QuestionFile

LARGEST = 2 * 1024 * 1024  # bytes of a file
MOST = 100  # questions that come at once

__all__ = ["LARGEST", "BadQuestions", "FoundQuestion", "LeftQuestion", "QuestionFile", "read"]


def read(content: bytes) -> QuestionFile:
    """Raises BadQuestions: "size", "letters", "broken", "none", "many"."""
    if len(content) > LARGEST:
        raise BadQuestions("size")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadQuestions("letters") from wrong
    is_xml = text.lstrip().startswith("<")
    found = moodle_xml.read(content) if is_xml else gift.read(text)
    if not found.questions and not found.left:
        raise BadQuestions("none")
    if len(found.questions) > MOST:
        raise BadQuestions("many")
    return found
