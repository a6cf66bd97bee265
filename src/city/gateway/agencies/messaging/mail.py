"""Letters by the city's own mail server (SMTP, RFC 5321)."""

from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from city.kernel.messages import Message, NotCarried

SECONDS = 15  # a mail server that is silent longer is treated as absent; the job tries again


def configured() -> bool:
    return bool(settings.EMAIL_HOST)


def _message_id(reference: str) -> str:
    """The same letter keeps its name when it is sent again, so that a mailbox shows it once (RFC 5322, 3.6.4)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{reference}@{domain}>"


def send(message: Message) -> None:
    """Hand the letter to the mail server. Raises NotCarried when the server does not take it."""
    reference = message.facts.get("reference", "")
    letter = EmailMessage(
        subject=" ".join(message.subject.split()),  # a line break in a header is refused
        body=message.body,
        to=[message.to],
        headers={"Content-Language": message.language, **({"Message-ID": _message_id(reference)} if reference else {})},
        connection=get_connection(timeout=SECONDS),
    )
    try:
        taken = letter.send()
    except (SMTPException, OSError) as error:
        raise NotCarried("email") from error
    if not taken:
        raise NotCarried("email")
