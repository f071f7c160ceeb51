import ssl

from infra.kafka import kafka_client_options
from infra.settings import Settings


def test_a_plain_cluster_needs_its_address_alone() -> None:
    options = kafka_client_options(Settings(kafka="a:1,b:2"))
    assert options == {"bootstrap_servers": "a:1,b:2", "security_protocol": "PLAINTEXT"}


def test_a_secured_cluster_gets_certificates_checked_and_credentials() -> None:
    settings = Settings(
        kafka="a:1",
        kafka_security="SASL_SSL",
        kafka_user="u",
        kafka_password="p",  # noqa: S106 - not a password
    )
    options = kafka_client_options(settings)
    assert options["ssl_context"].verify_mode == ssl.CERT_REQUIRED
    assert options["sasl_mechanism"] == "SCRAM-SHA-512"
    assert (options["sasl_plain_username"], options["sasl_plain_password"]) == ("u", "p")
