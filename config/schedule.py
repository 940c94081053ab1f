"""What the worker does by itself, and when: seconds between two turns, or an hour of the city's day."""

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, object]] = {
    "heartbeat": {
        "task": "background.heartbeat",
        "schedule": 30.0,
        "options": {"expires": 300},  # one that comes later says nothing: the queue is behind
    },
    "certificates-owed": {"task": "certificates.tasks.issue_missing", "schedule": 120.0},
    "programs": {"task": "api.tasks.tell_programs", "schedule": 15.0},
    "mail": {"task": "outbox.tasks.send", "schedule": 30.0},
    "mail-given-up": {"task": "outbox.tasks.forget", "schedule": crontab(hour=5, minute=0)},
    "old-papers": {"task": "certificates.tasks.forget_papers", "schedule": crontab(minute=15)},
    "status-lists": {"task": "certificates.tasks.sign_lists", "schedule": 600.0},
    "figures": {"task": "reports.tasks.publish_figures", "schedule": crontab(hour=3, minute=0)},
    "open-data": {
        "task": "reports.tasks.publish_open_data",
        "schedule": crontab(hour=4, minute=20),
    },
    "voluntary-answers": {
        "task": "learning.tasks.carry_answers_over",
        "schedule": crontab(hour=2, minute=10, day_of_month="25-30", month_of_year=3),
    },
    "drift-of-figures": {
        "task": "reports.tasks.look_for_drift",
        "schedule": crontab(hour=3, minute=45),
    },
    "tallies": {"task": "learning.tasks.tally_anew", "schedule": crontab(hour=2, minute=50)},
    "questions-waiting": {
        "task": "learning.tasks.remind_of_questions",
        "schedule": crontab(hour=7, minute=20),
    },
    "scheduled-pages": {"task": "courses.tasks.publish_scheduled", "schedule": 300.0},
    "unused-files": {
        "task": "h5p.tasks.forget_unused",
        "schedule": crontab(day_of_week="sunday", hour=4, minute=40),
    },
    "loose-files": {
        "task": "courses.tasks.forget_files",
        "schedule": crontab(day_of_week="sunday", hour=5, minute=10),
    },
    "waiting-packages": {"task": "h5p.tasks.process_waiting", "schedule": 300.0},
    "search": {"task": "courses.tasks.refresh_search", "schedule": crontab(hour=3, minute=25)},
    "loose-ends": {
        "task": "courses.tasks.look_for_loose_ends",
        "schedule": crontab(hour=4, minute=10),
    },
    "deleted-pages": {
        "task": "courses.tasks.forget_deleted",
        "schedule": crontab(hour=4, minute=50),
    },
    "old-invitations": {
        "task": "providers.tasks.forget_old_invitations",
        "schedule": crontab(hour=4, minute=30),
    },
    "old-applications": {
        "task": "providers.tasks.forget_old_applications",
        "schedule": crontab(hour=4, minute=35),
    },
    "closing-providers": {
        "task": "providers.tasks.close_due_providers",
        "schedule": crontab(hour=0, minute=20),
    },
    "learners-of-closing-providers": {
        "task": "learning.tasks.tell_of_closing",
        "schedule": crontab(minute=40),
    },
    "seats": {"task": "learning.tasks.keep_seats", "schedule": 60.0},
    "dates-tomorrow": {
        "task": "learning.tasks.remind_of_dates",
        "schedule": crontab(minute=5, hour="9-20"),
    },
    "searches": {
        "task": "learning.tasks.tell_searches",
        "schedule": crontab(
            hour="7-20", minute=35
        ),  # each person once a day; later turns find who was missed
    },
    "old-bookings": {
        "task": "learning.tasks.forget_bookings",
        "schedule": crontab(hour=4, minute=15),
    },
    "pupils": {
        "task": "learning.tasks.end_pupils",
        "schedule": crontab(hour=3, minute=40),
    },
    "old-security-events": {
        "task": "accounts.tasks.forget_old_security_events",
        "schedule": crontab(hour=4, minute=25),
    },
    "old-tokens": {
        "task": "api.tasks.forget_old_tokens",
        "schedule": crontab(hour=4, minute=45),
    },
    "old-sessions": {
        "task": "accounts.tasks.forget_old_sessions",
        "schedule": crontab(hour=4, minute=20),
    },
}
