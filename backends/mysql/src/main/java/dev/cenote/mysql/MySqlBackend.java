package dev.cenote.mysql;

import dev.cenote.protocols.Backend;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import java.util.Set;

/** Finds MySQL and MariaDB by the URI schemes {@code mysql} and {@code mariadb}. */
public final class MySqlBackend implements Backend {
    /** For {@link java.util.ServiceLoader}. */
    public MySqlBackend() {}

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public Set<String> schemes() {
        return MySqlPool.SCHEMES;
    }

    @Override
    public Pool<?> open(PoolUri uri) {
        return MySqlPool.builder().uri(uri).build();
    }
}
