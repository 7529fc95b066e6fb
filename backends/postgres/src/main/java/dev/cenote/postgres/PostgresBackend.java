package dev.cenote.postgres;

import dev.cenote.protocols.Backend;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import java.util.Set;

/** Finds PostgreSQL by the URI schemes {@code postgres} and {@code postgresql}. */
public final class PostgresBackend implements Backend {
    /** For {@link java.util.ServiceLoader}. */
    public PostgresBackend() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Set<String> schemes() {
        return PostgresPool.SCHEMES;
    }

    @Override
    public Pool<?> open(PoolUri uri) {
        return PostgresPool.builder().uri(uri).build();
    }
}
