"""The 21 competences of DigComp 3.0: codes and titles. Source and attribution: docs/digcomp.md."""

from django.db import migrations

COMPETENCES = [
    ("1.1", "Informationen durchsuchen, suchen und filtern", "Browsing, searching and filtering information"),
    ("1.2", "Informationen bewerten", "Evaluating information"),
    ("1.3", "Informationen verwalten", "Managing information"),
    ("2.1", "Über und mit digitalen Technologien interagieren", "Interacting through and with digital technologies"),
    ("2.2", "Über digitale Technologien teilen", "Sharing through digital technologies"),
    ("2.3", "Sich mit digitalen Technologien gesellschaftlich beteiligen", "Engaging in citizenship through digital technologies"),
    ("2.4", "Über digitale Technologien zusammenarbeiten", "Collaborating through digital technologies"),
    ("2.5", "Digitales Verhalten", "Digital behaviour"),
    ("2.6", "Digitale Identität verwalten", "Managing digital identity"),
    ("3.1", "Digitale Inhalte entwickeln", "Developing digital content"),
    ("3.2", "Digitale Inhalte integrieren und überarbeiten", "Integrating and re-elaborating digital content"),
    ("3.3", "Urheberrecht und Lizenzen", "Copyright and licences"),
    ("3.4", "Informatisches Denken und Programmieren", "Computational thinking and programming"),
    ("4.1", "Geräte schützen", "Protecting devices"),
    ("4.2", "Personenbezogene Daten und Privatsphäre schützen", "Protecting personal data and privacy"),
    ("4.3", "Wohlbefinden fördern", "Supporting wellbeing"),
    ("4.4", "Umweltauswirkungen digitaler Technologien", "Environmental impacts of digital technologies"),
    ("5.1", "Technische Probleme erkennen und lösen", "Identifying and solving technical problems"),
    ("5.2", "Bedarfe erkennen und digitale Lösungen finden", "Identifying needs and digital technological responses"),
    ("5.3", "Kreative Lösungen mit digitalen Technologien finden", "Identifying creative solutions using digital technologies"),
    ("5.4", "Bedarf an digitalen Kompetenzen erkennen und angehen", "Identifying and addressing digital competence needs"),
]


def store(apps, schema_editor):
    model = apps.get_model("courses", "Competence")
    model.objects.bulk_create(
        model(code=code, title=title, title_en=english) for code, title, english in COMPETENCES
    )


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_walls")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
