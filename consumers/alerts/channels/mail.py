"""E-mail through one mail server: text for people, and the list as a CSV file where there is one."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from consumers.alerts.message import Kind, Message
from consumers.alerts.outcomes import Accepted, Failed, Outcome, Wrong
from consumers.alerts.wording import list_as_csv, subject, text
from infra.alert_targets import MailServer

TIME_OUT_S = 15.0
PERMANENT = 500
"""SMTP answers from here on are final: a repeat is refused alike."""


class MailChannel:
    """Sends each message over a connection of its own: a mail server's trouble ends with the message."""

    def __init__(self, server: MailServer | None) -> None:
        """Use this server; None: the targets file names none."""
        self._server = server

    async def send(self, message: Message, target: str) -> Outcome:
        """Send a message to the addresses behind a name and return what the server's answer means."""
        server = self._server
        addresses = server.to.get(target) if server else None
        if server is None or addresses is None:
            return Failed(f"the targets file has no name {target} under [email.to]", may_have_left=False)
        try:
            refused, _ = await aiosmtplib.send(
                mail_of(message, server.sender, addresses),
                sender=server.sender,
                recipients=list(addresses),
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password.get_secret_value() if server.password else None,
                use_tls=server.tls == "tls",
                start_tls=server.tls == "starttls",
                local_hostname=_domain(server.sender),
                timeout=TIME_OUT_S,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            return outcome_of(error)
        return Accepted(f"{len(refused)} of {len(addresses)} addresses were refused" if refused else None)

    async def close(self) -> None:
        """Nothing stays open."""


def mail_of(message: Message, sender: str, addresses: tuple[str, ...]) -> EmailMessage:
    """Return a message as an e-mail; the same message gives the same e-mail, its Message-ID included."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = ", ".join(addresses)
    mail["Subject"] = subject(message)
    mail["Date"] = format_datetime(datetime.fromisoformat(message.at))
    mail["Message-ID"] = f"<{message.id}@{_domain(sender)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Caseflow-Delivery"] = message.id
    mail.set_content(text(message))
    if message.kind in {Kind.GROUPED, Kind.DIGEST}:
        mail.add_attachment(list_as_csv(message), subtype="csv", filename=f"alerts-{message.at[:10]}.csv")
    return mail


def outcome_of(error: aiosmtplib.SMTPException | OSError) -> Outcome:
    """Return what a failure of the conversation means; a server's own words may name people and stay out."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return Failed(f"the mail server refused our user: {error.code}", may_have_left=False)
        case aiosmtplib.SMTPRecipientsRefused():
            codes = {one.code for one in error.recipients}
            said = f"the mail server refused every address: {', '.join(map(str, sorted(codes)))}"
            return Wrong(said) if min(codes, default=0) >= PERMANENT else Failed(said, may_have_left=False)
        case aiosmtplib.SMTPSenderRefused() | aiosmtplib.SMTPDataError() if error.code >= PERMANENT:
            return Wrong(f"the mail server refused the message: {error.code}")
        case aiosmtplib.SMTPConnectError():
            return Failed("no connection to the mail server", may_have_left=False)
        case aiosmtplib.SMTPResponseException():
            return Failed(f"the mail server answered {error.code}", may_have_left=False)
        case _:
            return Failed(f"the conversation with the mail server broke off: {type(error).__name__}")


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
