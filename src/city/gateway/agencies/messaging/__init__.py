"""E-mail, SMS and WhatsApp: a mail server where one is configured, else, in the demo city, a simulator."""

from city.gateway.agencies.messaging import mail, simulator
from city.kernel.messages import CARRIERS, Message


def send_mail(message: Message) -> None:
    """By SMTP where the city has a mail server; the demo city without one simulates. Raises NotCarried."""
    if mail.configured():
        mail.send(message)
    else:
        simulator.keep(message)


CARRIERS.add("email", send_mail)
CARRIERS.add("sms", simulator.keep)
CARRIERS.add("whatsapp", simulator.keep)
