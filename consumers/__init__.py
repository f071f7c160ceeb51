"""aiokafka consumers: Kafka topics into PostgreSQL rows, exactly once."""
