from django.db import migrations

#: Where somebody is enrolled was an address as well, also of courses that are nowhere else by now.
ADDRESSES = """
INSERT INTO courses_courseaddress (path, course, provider_id, present, taken_at, since)
  SELECT DISTINCT ON (e.address) e.address, e.course, e.provider_id, false, now(), now()
  FROM learning_enrolment e ORDER BY e.address, e.id
  ON CONFLICT DO NOTHING;
UPDATE courses_courseaddress a SET present = true WHERE a.path IN (
  SELECT DISTINCT ON (b.course) b.path FROM courses_courseaddress b ORDER BY b.course, b.present DESC, b.path);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0010_window_to_learners"),
        ("courses", "0015_addresses_are_given_once"),
    ]
    operations = [
        migrations.RunSQL(ADDRESSES),
        migrations.RemoveField("enrolment", "address"),
    ]
