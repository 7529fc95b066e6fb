package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Arrays;
import java.util.Optional;

/** What can be done to a pool from the page. */
enum Change {
    PAUSE("pause") {
        @Override
        void apply(Pool<?> pool, JsonNode body) {
            pool.pause(inUse(body));
        }
    },
    READY("ready") {
        @Override
        void apply(Pool<?> pool, JsonNode body) {
            pool.ready();
        }
    },
    CLEAR("clear") {
        @Override
        void apply(Pool<?> pool, JsonNode body) {
            pool.clear(inUse(body));
        }
    },
    RESIZE("resize") {
        @Override
        void apply(Pool<?> pool, JsonNode body) {
            pool.resize(size(body, "minSize"), size(body, "maxSize"));
        }
    };

    /** More is a slip of the hand: no server takes so many connections, and each takes memory for its slot. */
    private static final int LARGEST = 10_000;

    private final String path;

    Change(String path) {
        this.path = path;
    }

    /** The one at that end of a path. */
    static Optional<Change> of(String path) {
        return Arrays.stream(values())
                .filter(change -> change.path.equals(path))
                .findFirst();
    }

    /**
     * Does it.
     *
     * @throws ConfigurationException if the body does not say what it needs
     */
    abstract void apply(Pool<?> pool, JsonNode body);

    private static InUse inUse(JsonNode body) {
        String text = body.path("inUse").asText(InUse.KEPT.name());
        return Arrays.stream(InUse.values())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "inUse must be one of " + Arrays.toString(InUse.values()) + ", was " + text));
    }

    private static int size(JsonNode body, String field) {
        JsonNode size = body.path(field);
        if (!size.isInt() || size.asInt() > LARGEST) {
            throw new ConfigurationException(
                    field + " must be a whole number up to " + LARGEST + ", was " + size.asText("missing"));
        }
        return size.asInt();
    }
}
