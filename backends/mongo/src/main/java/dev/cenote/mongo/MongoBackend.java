package dev.cenote.mongo;

import dev.cenote.protocols.Backend;
import dev.cenote.protocols.PoolUri;
import java.util.Set;

/** MongoDB, for {@code Pools.open("mongodb://...")} and {@code Pools.open("mongodb+srv://...")}. */
public final class MongoBackend implements Backend {
    static final String NAME = "mongo";
    static final Set<String> SCHEMES = Set.of("mongodb", "mongodb+srv");

    /** Made by the service loader. */
    public MongoBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public MongoPool open(PoolUri uri) {
        return MongoPool.builder().uri(uri).build();
    }
}
