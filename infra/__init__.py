"""Everything that knows an address: settings, topics, metrics, clients, embedded servers, migrations."""
