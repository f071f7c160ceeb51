"""The ways by which a message leaves, one file each: Kafka, webhook, e-mail, chat."""
