package dev.cenote.opentelemetry;

import dev.cenote.protocols.Database;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Operation;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a pool's calls are called, made once for each operation and target: there are few. */
final class CallNames {
    /** Whoever has more names than that has them made anew for each call. */
    private static final int MOST = 1_000;

    private static final String REDIS = "redis";
    private static final Map<String, Integer> USUAL_PORTS =
            Map.of("postgresql", 5432, "mysql", 3306, "mariadb", 3306, "mongodb", 27017, REDIS, 6379);

    private final Attributes common;
    private final boolean hasCollections;
    private final Function<? super Operation<?, ?>, Optional<String>> summary;
    private final ConcurrentHashMap<Key, CallName> made = new ConcurrentHashMap<>();

    CallNames(Database database, Function<? super Operation<?, ?>, Optional<String>> summary) {
        this.common = common(database);
        this.hasCollections = !database.system().equals(REDIS);
        this.summary = summary;
    }

    /**
     * A call.
     *
     * @param span the name of its span
     * @param attributes what is known of it as it begins
     */
    record CallName(String span, Attributes attributes) {}

    private record Key(
            String operation,
            @Nullable String target,
            @Nullable String summary) {}

    private static Attributes common(Database database) {
        AttributesBuilder attributes = Attributes.builder().put(Conventions.SYSTEM, database.system());
        database.namespace().ifPresent(namespace -> attributes.put(Conventions.NAMESPACE, namespace));
        database.server().ifPresent(server -> {
            attributes.put(Conventions.SERVER_ADDRESS, server.host());
            if (hasUnusualPort(server, database.system())) {
                attributes.put(Conventions.SERVER_PORT, (long) server.port().getAsInt());
            }
        });
        return attributes.build();
    }

    /** The conventions ask for the port only where it is not the product's usual one. */
    private static boolean hasUnusualPort(HostAndPort server, String system) {
        return server.port().isPresent() && server.port().getAsInt() != USUAL_PORTS.getOrDefault(system, 0);
    }

    CallName of(Operation<?, ?> operation) {
        // What Redis calls a target is a key: there are many, and they may be secret.
        String target = hasCollections ? operation.target().orElse(null) : null;
        var key = new Key(operation.name(), target, summary.apply(operation).orElse(null));
        CallName name = made.get(key);
        return name == null ? make(key) : name;
    }

    private CallName make(Key key) {
        AttributesBuilder attributes = common.toBuilder().put(Conventions.OPERATION, key.operation());
        String span = key.operation();
        if (key.target() != null) {
            attributes.put(Conventions.COLLECTION, key.target());
            span += " " + key.target();
        }
        if (key.summary() != null) {
            attributes.put(Conventions.SUMMARY, key.summary());
            span = key.summary();
        }
        var name = new CallName(span, attributes.build());
        if (made.size() < MOST) {
            made.putIfAbsent(key, name);
        }
        return name;
    }
}
