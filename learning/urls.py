from django.urls import path

from learning import views

MINE = "lernen/"
RESULTS = f"{MINE}<slug:provider>/<slug:course>/ergebnisse/"
ACTIVITY = "<slug:provider>/<slug:course>/<slug:lesson>/aktivitaet/<uuid:item>"

HOUSE = "anbieter/<slug:slug>/begleiten/"
GROUP = f"{HOUSE}gruppen/<int:group>/"

app_name = "learning"
urlpatterns = [
    path(MINE, views.dashboard, name="dashboard"),
    path(f"{MINE}mitnehmen/", views.keep, name="keep"),
    path(f"{MINE}suchen/", views.searches, name="searches"),
    path(f"{MINE}angaben-<int:enrolment>/", views.voluntary, name="voluntary"),
    path(f"{MINE}suche-merken/", views.search_new, name="search_new"),
    path(f"{MINE}suche-<int:search>/", views.search, name="search"),
    path(f"{MINE}nachrichten/", views.inbox, name="inbox"),
    path(f"{MINE}<slug:provider>/<slug:course>/", views.start, name="start"),
    path(f"{MINE}<slug:provider>/<slug:course>/anmelden/", views.enrol, name="enrol"),
    path(f"{MINE}<slug:provider>/<slug:course>/verlassen/", views.leave, name="leave"),
    path(f"{MINE}<slug:provider>/<slug:course>/neue-ausgabe/", views.newer, name="newer"),
    path(f"{MINE}<slug:provider>/<slug:course>/geschafft/", views.finished, name="finished"),
    path(f"{MINE}<slug:provider>/<slug:course>/noch-einmal/", views.retake, name="retake"),
    path(f"{MINE}<slug:provider>/<slug:course>/anwesenheit/", views.attendance, name="attendance"),
    path(RESULTS, views.results, name="results"),
    path(f"{RESULTS}geschrieben/", views.written, name="written"),
    path(f"{RESULTS}ergebnisse.csv", views.results_csv, name="results_csv"),
    path(
        f"{MINE}<slug:provider>/<slug:course>/meine-ergebnisse/",
        views.my_results,
        name="my_results",
    ),
    path(f"{MINE}<slug:provider>/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path(
        f"{MINE}<slug:provider>/<slug:course>/<slug:lesson>/antwort/", views.answer, name="answer"
    ),
    path(
        f"{MINE}<slug:provider>/<slug:course>/<slug:lesson>/fragen/",
        views.questions,
        name="questions",
    ),
    path(f"{MINE}{ACTIVITY}/", views.activity, name="activity"),
    path(f"{MINE}{ACTIVITY}/ergebnis/", views.result, name="activity_result"),
    path(f"{MINE}{ACTIVITY}/stand/", views.state, name="activity_state"),
    path(f"{MINE}{ACTIVITY}/datei/", views.activity_file, name="activity_file"),
    path("gruppe/", views.join, name="join"),
    path("gruppe/mitglied/<int:group>/", views.my_group, name="my_group"),
    path("gruppe/mitglied/<int:group>/verlassen/", views.leave_group, name="leave_group"),
    path("gruppe/<str:code>/", views.join_group, name="join_group"),
    path(f"{MINE}termine/", views.my_dates, name="my_dates"),
    path("termine/stadt.ics", views.city_ics, name="city_ics"),
    path("termine/meine/<str:token>.ics", views.my_ics, name="my_ics"),
    path("termine/ort/<int:venue>.ics", views.venue_ics, name="venue_ics"),
    path("termine/ort/<int:venue>/kalender/", views.venue_calendar, name="venue_calendar"),
    path("anbieter/<slug:slug>/termine.ics", views.provider_ics, name="provider_ics"),
    path("anbieter/<slug:slug>/kalender/", views.provider_calendar, name="provider_calendar"),
    path("termine/<uuid:run_key>/", views.date, name="date"),
    path("termine/<uuid:run_key>/bestaetigen/", views.seat_asked, name="seat_asked"),
    path("buchung/<str:token>/", views.booking, name="booking"),
    path("buchung/<str:token>/termine.ics", views.booking_ics, name="booking_ics"),
    path("vertrag/<str:token>/", views.contract, name="contract"),
    path("widerrufen/", views.withdraw, name="withdraw"),
    path("widerrufen/eingegangen/", views.withdrawn, name="withdrawn"),
    path(f"{HOUSE}vertraege/", views.contracts, name="contracts"),
    path(HOUSE, views.tutoring, name="tutoring"),
    path(f"{HOUSE}fragen/", views.questions_waiting, name="questions_waiting"),
    path(f"{HOUSE}fragen/<int:question>/", views.question, name="question"),
    path(f"{HOUSE}termine/", views.run_lists, name="run_lists"),
    path(f"{HOUSE}termine/<uuid:run_key>/", views.run_list, name="run_list"),
    path(
        f"{HOUSE}termine/<uuid:run_key>/<int:meeting>/ohne-netz/",
        views.run_list_offline,
        name="run_list_offline",
    ),
    path("liste-ohne-netz/", views.list_offline, name="list_offline"),
    path("liste-ohne-netz/dienst.js", views.list_worker, name="list_worker"),
    path(f"{HOUSE}nachrichten/", views.tutor_messages, name="tutor_messages"),
    path(f"{HOUSE}gruppen/neu/", views.group_new, name="group_new"),
    path(GROUP, views.group, name="group"),
    path(f"{GROUP}aendern/", views.group_edit, name="group_edit"),
    path(f"{GROUP}liste/", views.group_list, name="group_list"),
    path(f"{GROUP}liste/uebernehmen/", views.group_list_take, name="group_list_take"),
    path(f"{GROUP}blatt/", views.group_sheet, name="group_sheet"),
    path(f"{GROUP}code/", views.group_code, name="group_code"),
    path(f"{GROUP}schliessen/", views.group_close, name="group_close"),
    path(f"{GROUP}stand.csv", views.group_csv, name="group_csv"),
    path(f"{GROUP}<int:learner>/", views.group_member, name="group_member"),
]
