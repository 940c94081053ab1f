"""How the questions of an activity went, on the page of its authors."""

from django import template

from h5p_lite.models import Content
from learning.queries import question_figures as figures

register = template.Library()


@register.simple_tag
def figures_of_questions(content: Content) -> figures.QuestionFigures:
    return figures.question_figures(content)
