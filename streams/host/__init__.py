"""The exactly-once host: Faust's driver and tables, changed so that a batch is one Kafka transaction."""
