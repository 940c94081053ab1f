"""The writing desk: a step as its learners get it, written block by block."""

from django.urls import path

from courses.views import writing, writing_acts, writing_questions

app_name = "writing"
urlpatterns = [
    path("neu/<int:course_page>/", writing_acts.begin, name="begin"),
    path("<int:lesson_page>/", writing.step, name="step"),
    path("<int:lesson_page>/name/", writing_acts.name, name="name"),
    path("<int:lesson_page>/einfuegen/", writing_acts.add, name="add"),
    path("<int:lesson_page>/fragen/", writing_questions.questions, name="questions"),
    path("<int:lesson_page>/rueckgaengig/", writing_acts.undo, name="undo"),
    path("<int:lesson_page>/staende/", writing.states, name="states"),
    path("<int:lesson_page>/da/", writing_acts.here, name="here"),
    path("<int:lesson_page>/<uuid:block>/", writing.block, name="block"),
    path("<int:lesson_page>/<uuid:block>/ordnen/", writing_acts.arrange, name="arrange"),
]
