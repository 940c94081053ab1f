"""Every page template once, with anyone who may see it: what `a11y` checks and `shots` photographs."""

from typing import NamedTuple

from tests.browser.city import City
from tests.browser.furnish import furnish


class Page(NamedTuple):
    name: str
    path: str
    role: str = ""  # of a demo account; empty: a visitor


def pages(city: City) -> list[Page]:
    provider, course = city.facts["course"]["provider"], city.facts["course"]["slug"]
    lesson, token = city.facts["lesson"], city.facts["certificate_token"]
    at, house = f"/{provider}/{course}/", f"/anbieter/{provider}/verwalten/"
    member, desk = city.facts["member"], city.facts["desk"]
    meetings, furnished = city.facts["meetings"], furnish(city)
    tutored, group = f"/anbieter/{provider}/begleiten/", city.facts["group"]
    shy, asked = furnished["initials"], furnished["applications"]
    return [
        Page("home", "/"),
        Page("home-en", "/en/"),
        Page("home-simple", "/de-simple/"),
        Page("catalogue", "/kurse/"),
        Page("catalogue-search", "/kurse/?q=pasword&stufe=einstieg"),
        Page("catalogue-near", "/kurse/?q=Excel"),
        Page("catalogue-widened", "/kurse/?q=handy+datenmengen"),
        Page("catalogue-empty", "/kurse/?q=xylophon"),
        Page("course", f"/kurse{at}"),
        Page("course-simple", f"/de-simple/kurse{at}"),
        Page("lesson-visitor", f"/lernen{at}{lesson}/"),
        Page("lesson", f"/lernen{at}{lesson}/", "learner"),
        Page("lesson-en", f"/en/lernen{at}{lesson}/", "learner"),
        Page("dashboard", "/lernen/", "learner"),
        Page("finished", "/lernen/vhs/smartphone-erste-schritte/geschafft/", "learner"),
        Page("leave", f"/lernen{at}verlassen/", "learner"),
        Page("account", "/konto/", "learner"),
        Page("account-close", "/konto/schliessen/", "learner"),
        Page("second-factor", "/konto/schutz/arbeit/", "author"),
        Page("account-passkeys", "/konto/schutz/", "learner"),
        Page("security-log", "/konto/anmeldungen/", "learner"),
        Page("take-back", f"/konto/e-mail/zurueck/{furnished['take_back']}/"),
        Page("news", f"{furnished['news']}"),
        Page("news-of-nobody", "/konto/mails/x/"),
        Page("take-back-over", "/konto/e-mail/zurueck/x/"),
        Page("invitation", f"/konto/einladung/{furnished['invitation']}/"),
        Page("devices", "/konto/geraete/", "learner"),
        Page("account-email", "/konto/e-mail/", "learner"),
        Page("concepts", "/buero/begriffe/", "office"),
        Page("concept", "/buero/begriffe/password/", "office"),
        Page("sign-in", "/konto/anmelden/"),
        Page("sign-in-card", "/konto/karte/"),
        Page("shared", "/konto/geteilt/"),
        Page("forgotten", "/konto/fertig/"),
        Page("my-card", "/konto/karte/meine/", "learner"),
        Page("sign-up", "/konto/neu/"),
        Page("sign-in-code", "/konto/code/"),
        Page("password-reset", "/konto/passwort/vergessen/"),
        Page("certificate", f"/z/{token}"),
        Page("certificate-missing", "/z/0000-0000-0000-0000"),
        Page("certificate-slip", "/z/7KQ4-M2RD-9XVH-3TNA-A"),
        Page("certificate-initials", f"/z/{shy['number']}"),
        Page("wallet", "/konto/nachweise/", "learner"),
        Page("issued", f"{house}nachweise/", "owner"),
        Page("issued-none", f"{house}nachweise/?q=xylophon", "owner"),
        Page("owed", f"{house}nachweise/offen/", "owner"),
        Page("autograph", f"{house}nachweise/unterschrift/", "owner"),
        Page("withdraw", f"{house}nachweise/{shy['id']}/", "owner"),
        Page("attendance", f"/lernen/{meetings}/anwesenheit/", "tutor"),
        Page("failed", f"/lernen/{furnished['failed']}/", "tutor"),
        Page("dashboard-failed", "/lernen/", "tutor"),
        Page("voluntary", f"/lernen/angaben-{furnished['enrolment']}/", "tutor"),
        Page("list-offline", "/liste-ohne-netz/"),
        Page("cards", f"/anbieter/{provider}/begleiten/karten/", "tutor"),
        Page("card", f"/anbieter/{provider}/begleiten/karten/{furnished['card']}/", "tutor"),
        Page("tutoring", tutored, "tutor"),
        *dates(city, tutored),
        Page("group", f"{tutored}gruppen/{group['id']}/", "tutor"),
        Page("group-new", f"{tutored}gruppen/neu/", "tutor"),
        Page("group-edit", f"{tutored}gruppen/{group['id']}/aendern/", "tutor"),
        Page("group-sheet", f"{tutored}gruppen/{group['id']}/blatt/", "tutor"),
        Page("group-member", f"{tutored}gruppen/{group['id']}/{group['learner']}/", "tutor"),
        Page("group-join", f"/gruppe/{group['code']}/"),
        Page("group-join-signed-in", f"/gruppe/{group['code']}/", "owner"),
        Page("questions", f"/lernen{at}{lesson}/fragen/", "learner"),
        Page("questions-waiting", f"{tutored}fragen/", "tutor"),
        Page("question", f"{tutored}fragen/{group['question']}/", "tutor"),
        Page("tutor-messages", f"{tutored}nachrichten/", "tutor"),
        Page("inbox", "/lernen/nachrichten/", "learner"),
        Page("searches", "/lernen/suchen/", "learner"),
        Page("search-new", "/lernen/suche-merken/?liste=kurse&suche=q%3DHandy", "learner"),
        Page("group-code", "/gruppe/?code=hallo"),
        Page("group-mine", f"/gruppe/mitglied/{group['id']}/", "learner"),
        Page("companion", f"{tutored}nebeneinander/", "tutor"),
        Page("places", "/konto/plaetze/", "owner"),
        Page("preferences", "/anzeige/"),
        Page("check", "/pruefen/"),
        Page("check-key", "/pruefen/schluessel/"),
        Page("connected", "/konto/programme/", "learner"),
        Page("consent-unknown", "/konto/verbinden/", "learner"),
        Page("api-guide", "/schnittstelle/"),
        Page("program-keys", f"{house}programme/", "owner"),
        Page("program-webhooks", f"{house}programme/meldungen/", "owner"),
        Page("program-keys-office", "/buero/programme/", "admin"),
        Page("check-error", "/pruefen/?number=123"),
        Page("providers", "/anbieter/"),
        Page("join", "/anbieter/mitmachen/"),
        Page("joined", "/anbieter/mitmachen/unterwegs/"),
        *(
            Page(f"application-{state}", f"/anbieter/mitmachen/{one['link']}/")
            for state, one in asked.items()
        ),
        *(
            Page(
                f"application-page-{number}",
                f"/anbieter/mitmachen/{asked['writing']['link']}/{number}/",
            )
            for number in (1, 2, 3)
        ),
        Page("application-withdraw", f"/anbieter/mitmachen/{asked['sent']['link']}/zurueckziehen/"),
        Page("application-unknown", "/anbieter/mitmachen/x/"),
        Page("provider", f"/anbieter/{provider}/"),
        Page("provider-statement", f"/anbieter/{provider}/barrierefreiheit/"),
        Page("guardians", "/anbieter/neckarschule/eltern/"),
        Page("account-owner", "/konto/", "owner"),
        Page("manage", house, "owner"),
        Page("details", f"{house}angaben/", "owner"),
        Page("closing", f"{house}schliessen/", "owner"),
        Page("statement-form", f"{house}barrierefreiheit/", "owner"),
        Page("provider-archive", f"{house}mitnehmen/", "owner"),
        Page("logo", f"{house}logo/", "owner"),
        Page("colours", f"{house}farben/", "owner"),
        Page("own-colours", "/anbieter/neckarschule/"),
        Page("team", f"{house}team/", "owner"),
        Page("team-member", f"{house}team/{member['person']}/", "owner"),
        Page("team-take", f"{house}team/rollen/{member['membership']}/wegnehmen/", "owner"),
        Page("team-hand-over", f"{house}team/{member['person']}/uebergeben/", "owner"),
        Page("team-invite", f"{house}team/einladen/", "owner"),
        Page("record", f"{house}protokoll/", "owner"),
        Page("record-error", f"{house}protokoll/?since=2026-12-24&until=2026-01-01", "owner"),
        Page("office", "/buero/", "office"),
        Page("office-split", "/buero/?nach=kompetenz&form=online", "office"),
        Page("office-narrow", "/buero/?thema=4&anbieter=2&form=online&nach=kompetenz", "office"),
        Page("office-admin", "/buero/", "admin"),
        Page("office-record", "/buero/protokoll/", "admin"),
        Page("office-providers", "/buero/anbieter/", "admin"),
        Page("heads", "/buero/nachricht/", "admin"),
        Page("applications", "/buero/anfragen/", "admin"),
        *(
            Page(f"application-office-{state}", f"/buero/anfragen/{asked[state]['id']}/", "admin")
            for state in ("sent", "asked")
        ),
        Page("approve", f"/buero/anfragen/{asked['sent']['id']}/annehmen/", "admin"),
        Page("sought", "/buero/gesucht/", "admin"),
        Page("office-found", "/buero/anbieter/neu/", "admin"),
        Page("open-data", "/offene-daten/"),
        Page("barrier-report", "/barriere-melden/"),
        Page("statement", "/barrierefreiheit/"),
        Page("help", "/hilfe/"),
        Page("imprint", "/impressum/"),
        Page("privacy", "/datenschutz/"),
        Page("not-found", "/gibt-es-nicht/"),
        Page("desk", "/redaktion/", "author"),
        Page("board", "/redaktion/kurse/", "owner"),
        Page("board-author", "/redaktion/kurse/", "author"),
        Page("course-desk", f"/redaktion/kurse/{desk['in_review']}/", "reviewer"),
        Page("course-desk-author", f"/redaktion/kurse/{desk['barred']}/", "author"),
        Page("course-desk-printed", f"/redaktion/kurse/{desk['printed']}/", "reviewer"),
        Page("course-archive", f"/redaktion/kurse/{desk['printed']}/archiv/", "reviewer"),
        Page("delete", f"/redaktion/kurse/loeschen/?seite={desk['printed']}", "owner"),
        Page("bin", "/redaktion/kurse/papierkorb/", "author"),
        Page("editions", f"/redaktion/kurse/{desk['printed']}/ausgaben/", "author"),
        Page(
            "editions-compare",
            f"/redaktion/kurse/{desk['printed']}/ausgaben/{desk['printing']}/",
            "author",
        ),
        Page("variants", f"/redaktion/kurse/{desk['variants']}/fassungen/", "reviewer"),
        Page(
            "side-by-side",
            f"/redaktion/kurse/{desk['variants']}/fassungen/{desk['step']}/de-simple/",
            "author",
        ),
        Page("course-new", "/redaktion/kurse/neu/", "author"),
        Page("missing", "/redaktion/kurse/fehlt/", "author"),
        Page("featured", "/buero/empfohlen/?q=online", "office"),
        Page("city-events", "/buero/kalender/", "office"),
        Page("demand", "/buero/bedarf/", "office"),
        Page("reports", "/buero/berichte/", "office"),
        Page("report", f"/buero/berichte/{city.facts['quarter']}/", "office"),
        Page("goals", "/buero/ziele/", "office"),
        Page("corrections", "/buero/berichtigungen/", "office"),
        Page("adopt", "/redaktion/kurse/uebernehmen/", "author"),
        Page("competences", "/redaktion/kurse/kompetenzen/", "author"),
        Page("proofs", "/buero/pruefungen/", "admin"),
        Page("proof", f"/buero/pruefungen/{desk['proof']}/", "admin"),
        Page("newer", f"/lernen/{desk['newer']}/neue-ausgabe/", "learner"),
    ]


def dates(city: City, tutored: str) -> list[Page]:
    """What takes place: for everybody, for people who booked, for those who plan and lead."""
    known = city.facts["date"]
    date, booking, plan = f"/termine/{known['run']}/", "/buchung/", "/anbieter/vhs/planen/"
    run = f"{plan}{known['run']}/"
    return [
        Page("today", "/termine/"),
        Page("dates", "/termine/finden/"),
        Page(
            "dates-chosen", "/termine/finden/?wie=onsite&tag=2&tag=4&zugang=stepfree&nah=Innenstadt"
        ),
        Page("dates-empty", "/termine/finden/?q=xylophon"),
        Page("date", date),
        Page("my-dates", "/lernen/termine/", "learner"),
        Page("calendar-framed", "/anbieter/vhs/kalender/"),
        Page("date-asked", f"{date}bestaetigen/"),
        Page("booking", f"{booking}{known['booked']}/"),
        Page("date-sold", f"/termine/{known['sold']}/"),
        Page("booking-contract", f"{booking}{known['reading']}/"),
        Page("contract", f"/vertrag/{known['contract']}/"),
        Page("contract-withdraw", "/widerrufen/"),
        Page("contract-withdrawn", "/widerrufen/eingegangen/"),
        Page("contracts", f"{tutored}vertraege/", "owner"),
        Page("booking-waiting", f"{booking}{known['waiting']}/"),
        Page("plan", plan, "owner"),
        Page("plan-rules", f"{plan}regeln/", "owner"),
        Page("plan-import", f"{plan}einlesen/", "owner"),
        Page("plan-venue", f"{plan}orte/{known['venue']}/", "owner"),
        Page("plan-new", f"{plan}neu/", "owner"),
        Page("plan-run", run, "owner"),
        Page("plan-edit", f"{run}aendern/", "owner"),
        Page("plan-meeting", f"{run}termine/{known['meeting']}/", "owner"),
        Page("run-lists", f"{tutored}termine/", "owner"),
        Page("run-list", f"{tutored}termine/{known['run']}/", "owner"),
    ]
