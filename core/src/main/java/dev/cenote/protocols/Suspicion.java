package dev.cenote.protocols;

import java.util.Objects;

/**
 * What the figures of a pool suggest as the reason why callers wait.
 *
 * @param cause the kind of reason
 * @param evidence the figures that suggest it and what to do, in words that stand alone
 */
public record Suspicion(Cause cause, String evidence) {
    public Suspicion {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** The kinds of reasons, the surest first. */
    public enum Cause {
        /** Threads wait for a connection while they hold another of the same pool. */
        NESTED_ACQUIRE("nested acquire"),
        /** Connecting fails where connections are wanted: the server does not answer, or refuses. */
        SERVER_DOWN("server down"),
        /** Connections are held and not used. */
        LEAK("leak"),
        /** Connections are busy with operations that take long. */
        SLOW_QUERIES("slow queries"),
        /** All connections are busy with short uses: more is asked for than so many can do. */
        POOL_TOO_SMALL("pool too small");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    @Override
    public String toString() {
        return cause + ": " + evidence;
    }
}
