"""What several tests share: data, servers, builders."""
