from learning.views.activity import activity, activity_file, result, state
from learning.views.answer import answer
from learning.views.attendance import attendance
from learning.views.bookings import booking, booking_ics
from learning.views.calendars import (
    city_ics,
    my_dates,
    my_ics,
    provider_calendar,
    provider_ics,
    venue_calendar,
    venue_ics,
)
from learning.views.contracts import contract, contracts, withdraw, withdrawn
from learning.views.dashboard import dashboard, leave
from learning.views.dates import date, seat_asked
from learning.views.finished import finished
from learning.views.groups import (
    group,
    group_close,
    group_code,
    group_csv,
    group_edit,
    group_new,
    group_sheet,
)
from learning.views.joining import join, join_group
from learning.views.kept import keep
from learning.views.lesson import enrol, lesson, start
from learning.views.lists import group_list, group_list_take
from learning.views.newer import newer
from learning.views.offline_lists import list_offline, list_worker, run_list_offline
from learning.views.participants import run_list, run_lists
from learning.views.person import group_member, leave_group, my_group
from learning.views.questions import inbox, questions
from learning.views.results import my_results, results, results_csv
from learning.views.retake import retake
from learning.views.searches import search, search_new, searches
from learning.views.talking import question, questions_waiting, tutor_messages
from learning.views.trying import try_out
from learning.views.tutoring import tutoring
from learning.views.voluntary import voluntary
from learning.views.written import written

__all__ = [
    "activity",
    "activity_file",
    "answer",
    "attendance",
    "booking",
    "booking_ics",
    "city_ics",
    "contract",
    "contracts",
    "dashboard",
    "date",
    "enrol",
    "finished",
    "group",
    "group_close",
    "group_code",
    "group_csv",
    "group_edit",
    "group_list",
    "group_list_take",
    "group_member",
    "group_new",
    "group_sheet",
    "inbox",
    "join",
    "join_group",
    "keep",
    "leave",
    "leave_group",
    "lesson",
    "list_offline",
    "list_worker",
    "my_dates",
    "my_group",
    "my_ics",
    "my_results",
    "newer",
    "provider_calendar",
    "provider_ics",
    "question",
    "questions",
    "questions_waiting",
    "result",
    "results",
    "results_csv",
    "retake",
    "run_list",
    "run_list_offline",
    "run_lists",
    "search",
    "search_new",
    "searches",
    "seat_asked",
    "start",
    "state",
    "try_out",
    "tutor_messages",
    "tutoring",
    "venue_calendar",
    "venue_ics",
    "voluntary",
    "withdraw",
    "withdrawn",
    "written",
]
