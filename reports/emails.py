"""A report by mail: with the released figures alone, since nobody knows where a mail goes."""

from allauth.account.adapter import get_adapter

from accessibility import context as frame


def send_report(email: str, *, title: str, pdf: bytes, name: str) -> None:
    """`name`: of the file. Sent with the request's transaction."""
    words = {"city": frame.CITY, "title": title}
    letter = get_adapter().render_mail("reports/email/report", email, words)
    letter.attach(name, pdf, "application/pdf")
    letter.send()
