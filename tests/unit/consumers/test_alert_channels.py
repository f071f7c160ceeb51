import errno

import aiohttp
import aiosmtplib
import pytest
from aiohttp.client_reqrep import ConnectionKey

from consumers.alerts.channels import mail, webhook
from consumers.alerts.channels.opened import channels
from consumers.alerts.message import Kind, Message
from consumers.alerts.outcomes import Accepted, Failed, Wrong
from consumers.alerts.post import Post
from consumers.alerts.run import absent
from infra.alert_targets import AlertTargets
from infra.settings import Settings
from models.routes import Route, RouteList

AT = "2026-03-30T08:00:00.000+01:00"
KEY = ConnectionKey("hook.example.org", 443, True, True, None, None, None)


def message(kind: Kind = Kind.TEST) -> Message:
    return Message("id-1", "one", "office", kind, AT, ())


def route(**over: object) -> Route:
    return Route.model_validate({"name": "one", "channel": "webhook", "receiver": "office", **over})


def test_a_signature_is_the_keyed_hash_of_timestamp_dot_body() -> None:
    # As `printf '1767225600.{}' | openssl dgst -sha256 -hmac 'sixteen or longer'` says.
    expected = "d290650b898f9833fd359e605c8c35f2bcc3dcdaa410c7de2ae2fd3a919b8513"
    assert webhook.signature("sixteen or longer", "1767225600", b"{}") == expected


def test_the_headers_name_time_signature_and_delivery() -> None:
    headers = webhook.headers(message(), b"{}", "sixteen or longer")
    made = webhook.signature("sixteen or longer", headers["Caseflow-Timestamp"], b"{}")
    assert headers["Caseflow-Signature"] == f"v1={made}"
    assert headers["Caseflow-Delivery"] == "id-1"


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_webhook_that_answers_2xx_has_it(status: int) -> None:
    assert webhook.outcome_of(status) == Accepted()


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413, 422])
def test_a_webhook_that_answers_4xx_never_will(status: int) -> None:
    assert webhook.outcome_of(status) == Wrong(f"it answered {status}")


@pytest.mark.parametrize("status", [301, 307, 408, 425, 429, 500, 503])
def test_every_other_answer_is_tried_again(status: int) -> None:
    assert webhook.outcome_of(status) == Failed(f"it answered {status}", may_have_left=True)


def test_a_refused_connection_carried_nothing_and_its_reason_names_no_address() -> None:
    refused = aiohttp.ClientConnectorError(
        KEY, OSError(errno.ECONNREFUSED, "Connect call failed ('hook.example.org', 443)")
    )
    assert webhook.failure_of(refused) == Failed("no connection: Connection refused", may_have_left=False)
    unknown = aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "hook.example.org"))
    assert webhook.failure_of(unknown) == Failed("no connection: its name is not known", may_have_left=False)


def test_a_broken_conversation_may_have_carried_it() -> None:
    assert webhook.failure_of(aiohttp.ServerDisconnectedError()).may_have_left
    assert webhook.failure_of(TimeoutError()).may_have_left


def test_an_e_mail_has_the_deliverys_id_and_is_the_same_when_repeated() -> None:
    made = [mail.mail_of(message(), "caseflow@example.org", ("a@example.org",)) for _ in range(2)]
    assert made[0]["Message-ID"] == "<id-1@example.org>"
    assert made[0].as_bytes() == made[1].as_bytes()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (aiosmtplib.SMTPDataError(554, "a@example.org"), Wrong("the mail server refused the message: 554")),
        (
            aiosmtplib.SMTPDataError(451, "a@example.org"),
            Failed("the mail server answered 451", may_have_left=False),
        ),
        (
            aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "no", "a@example.org")]),
            Wrong("the mail server refused every address: 550"),
        ),
        (
            aiosmtplib.SMTPRecipientsRefused(
                [
                    aiosmtplib.SMTPRecipientRefused(550, "no", "a@example.org"),
                    aiosmtplib.SMTPRecipientRefused(450, "later", "b@example.org"),
                ]
            ),
            Failed("the mail server refused every address: 450, 550", may_have_left=False),
        ),
        (
            aiosmtplib.SMTPAuthenticationError(535, "user"),
            Failed("the mail server refused our user: 535", may_have_left=False),
        ),
        (
            aiosmtplib.SMTPConnectError("host"),
            Failed("no connection to the mail server", may_have_left=False),
        ),
        (
            aiosmtplib.SMTPServerDisconnected("host"),
            Failed("the conversation with the mail server broke off: SMTPServerDisconnected"),
        ),
    ],
)
def test_a_mail_servers_answer_is_sorted_and_its_own_words_stay_out(
    error: aiosmtplib.SMTPException, outcome: Failed | Wrong
) -> None:
    assert mail.outcome_of(error) == outcome


@pytest.mark.parametrize("channel", ["webhook", "email", "chat"])
async def test_a_target_that_is_not_there_is_waited_for(channel: str) -> None:
    async with channels(Settings(), AlertTargets()) as opened:
        outcome = await Post(opened, None, None).send(message(), route(channel=channel), "office")
    assert isinstance(outcome, Failed)
    assert "office" in outcome.why
    assert not outcome.may_have_left


async def test_without_a_key_nothing_goes_outside() -> None:
    async with channels(Settings(), AlertTargets()) as opened:
        outcome = await Post(opened, None, None).send(message(), route(outside=True), "office")
    assert outcome == Failed("the targets file has no pseudonym_key", may_have_left=False)


def test_what_the_targets_file_lacks_is_said_at_the_start() -> None:
    routes = RouteList(
        routes=(
            route(name="stream", channel="kafka", receiver=None),
            route(name="own", receiver=None),
            route(name="office", outside=True),
        )
    )
    url = {"url": "https://hook.example.org", "secret": "sixteen or longer"}
    targets = AlertTargets.model_validate({"webhook": {"crown": url}})
    assert absent(routes, targets, ["crown", "prison"]) == [
        "route own: the alert targets have no webhook prison",
        "route office: the alert targets have no webhook office",
        "route office goes outside: the alert targets have no pseudonym_key",
    ]
