"""The desk's own pages about whole courses, in the house's frame; Wagtail's editor beside them changes single pages."""

from django.urls import path

from courses.views import (
    beginning,
    board,
    course_plan,
    deleting,
    demand,
    editions,
    remarks,
    sharing,
    variants,
)

app_name = "desk"
urlpatterns = [
    path("", board.board, name="board"),
    path("neu/", beginning.new, name="new"),
    path("uebernehmen/", sharing.adopt, name="adopt"),
    path("fehlt/", demand.missing, name="missing"),
    path("kompetenzen/", sharing.competences, name="competences"),
    path("loeschen/", deleting.delete, name="delete"),
    path("papierkorb/", deleting.bin_, name="bin"),
    path("papierkorb/<int:deleted>/", deleting.bring_back, name="bring_back"),
    path("<int:course_page>/paket/", sharing.package, name="package"),
    path("<int:course_page>/fragen.h5p", sharing.questions, name="questions"),
    path("<int:course_page>/original/", sharing.original, name="original"),
    path("<int:course_page>/", board.course, name="course"),
    path("<int:course_page>/plan/", course_plan.plan, name="plan"),
    path("<int:course_page>/plan/rueckgaengig/", course_plan.undo, name="plan_undo"),
    path("<int:course_page>/plan/staende/", course_plan.states, name="plan_states"),
    path("<int:course_page>/plan/da/", course_plan.here, name="plan_here"),
    path("<int:course_page>/plan/ordnen/", course_plan.arrange, name="plan_arrange"),
    path("<int:course_page>/plan/<slug:part>/", course_plan.part, name="plan_part"),
    path("<int:course_page>/veroeffentlichen/", board.publish, name="publish"),
    path("<int:course_page>/pruefen-lassen/", board.ask, name="ask"),
    path("<int:course_page>/anmerkungen/", remarks.remarks, name="remarks"),
    path("<int:course_page>/zurueckgeben/", board.give_back, name="give_back"),
    path("<int:course_page>/zuruecknehmen/", board.take_back, name="take_back"),
    path("<int:course_page>/archiv/", editions.archive, name="archive"),
    path("<int:course_page>/ausgaben/", editions.editions, name="editions"),
    path("<int:course_page>/ausgaben/<int:printing>/", editions.compare, name="compare"),
    path(
        "<int:course_page>/ausgaben/<int:printing>/zurueckholen/", editions.restore, name="restore"
    ),
    path("<int:course_page>/fassungen/", variants.variants, name="variants"),
    path(
        "<int:course_page>/fassungen/<str:language>/anlegen/", variants.begin, name="begin_variant"
    ),
    path(
        "<int:course_page>/fassungen/<int:lesson_page>/<str:language>/",
        variants.side_by_side,
        name="side_by_side",
    ),
]
