package dev.cenote.mongo;

import java.util.Optional;

/** The server for tests that any server serves: the one of {@code CENOTE_TEST_MONGODB_URI}, else a stand-in. */
final class Servers {
    static final Optional<String> REAL = Optional.ofNullable(System.getenv("CENOTE_TEST_MONGODB_URI"));

    private Servers() {}

    /** A server by its URI. */
    record Server(String uri, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    static Server any() {
        return REAL.map(uri -> new Server(uri, () -> {})).orElseGet(() -> of(StandIn.standalone()));
    }

    static Server withSessions() {
        return REAL.map(uri -> new Server(uri, () -> {})).orElseGet(() -> of(StandIn.replicaSet()));
    }

    private static Server of(StandIn standIn) {
        return new Server(standIn.uri(), standIn::close);
    }
}
