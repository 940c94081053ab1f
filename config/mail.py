"""Mail of the embedded set-up: one file each in ./var/mail, and on the console, so that a mailed code is at hand."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as Console
from django.core.mail.backends.filebased import EmailBackend as Files


class ConsoleAndFile(Files):
    def write_message(self, message: EmailMessage) -> None:
        super().write_message(message)
        Console().send_messages([message])
