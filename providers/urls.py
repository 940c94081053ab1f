from django.urls import path

from providers import views

helpers = "anbieter/<slug:slug>/begleiten/karten/"
house = "anbieter/<slug:slug>/verwalten/"
join = "anbieter/mitmachen/"  # its first part is no provider's (`addresses.OWN_PAGES`)
app_name = "providers"
urlpatterns = [
    path("anbieter/", views.provider_list, name="list"),
    path(join, views.join, name="join"),
    path(f"{join}unterwegs/", views.joined, name="joined"),
    path(f"{join}<str:link>/", views.application, name="application"),
    path(f"{join}<str:link>/<int:page>/", views.application_page, name="application_page"),
    path(
        f"{join}<str:link>/zurueckziehen/", views.application_withdraw, name="application_withdraw"
    ),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path(house, views.manage, name="manage"),
    path("anbieter/<slug:slug>/begleiten/nebeneinander/", views.companion, name="companion"),
    path(helpers, views.cards, name="cards"),
    path(f"{helpers}blatt.pdf", views.cards_pdf, name="cards_pdf"),
    path(f"{helpers}<int:card>/", views.card, name="card"),
    path("anbieter/<slug:slug>/logo/<int:number>.png", views.logo_image, name="logo_image"),
    path(f"{house}angaben/", views.details, name="details"),
    path(f"{house}farben/", views.colours, name="colours"),
    path(f"{house}logo/", views.logo, name="logo"),
    path(f"{house}schuljahr/", views.school_year, name="school_year"),
    path("anbieter/<slug:slug>/eltern/", views.guardians, name="guardians"),
    path(f"{house}schliessen/", views.closing, name="closing"),
    path(f"{house}team/", views.team, name="team"),
    path(f"{house}team/einladen/", views.invite, name="invite"),
    path(f"{house}team/<int:person>/", views.member, name="member"),
    path(f"{house}team/<int:person>/uebergeben/", views.hand_over, name="hand_over"),
    path(f"{house}team/rollen/<int:membership>/wegnehmen/", views.take, name="take"),
    path(f"{house}einladungen/<int:number>/noch-einmal/", views.again, name="again"),
    path(f"{house}einladungen/<int:number>/zurueckziehen/", views.withdraw, name="withdraw"),
    path(f"{house}protokoll/", views.record, name="record"),
    path(f"{house}protokoll.csv", views.record_csv, name="record_csv"),
    path("konto/weiter/", views.enter, name="enter"),
    path("konto/plaetze/", views.my_places, name="places"),
    path("konto/einladung/<str:token>/", views.invitation, name="invitation"),
    path("buero/protokoll/", views.office_record, name="office_record"),
    path("buero/protokoll.csv", views.office_record_csv, name="office_record_csv"),
    path("buero/anfragen/", views.applications, name="applications"),
    path("buero/anfragen/<int:application>/", views.application_office, name="application_office"),
    path("buero/gesucht/", views.sought, name="sought"),
    path("buero/gesucht/<int:sought>/streichen/", views.sought_no_more, name="sought_no_more"),
    path("buero/nachricht/", views.heads, name="heads"),
    path("buero/anbieter/", views.office_providers, name="office_providers"),
    path("buero/anbieter/<slug:slug>/leitung/", views.appoint, name="appoint"),
]
