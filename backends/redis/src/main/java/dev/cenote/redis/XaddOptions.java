package dev.cenote.redis;

import java.util.Optional;

/** How an entry is added to a stream. Immutable. */
public final class XaddOptions {
    private static final XaddOptions NONE = new XaddOptions(Optional.empty(), Optional.empty(), false);

    private final Optional<String> id;
    private final Optional<StreamTrim> trim;
    private final boolean noStream;

    private XaddOptions(Optional<String> id, Optional<StreamTrim> trim, boolean noStream) {
        this.id = id;
        this.trim = trim;
        this.noStream = noStream;
    }

    /** By an id of the server's, to a stream that is made if there is none. */
    public static XaddOptions none() {
        return NONE;
    }

    /** By this id, which must be greater than all before; {@code 123-*} leaves the second part to the server. */
    public XaddOptions id(String id) {
        return new XaddOptions(Optional.of(id), trim, noStream);
    }

    /** Removes old entries at the same time. */
    public XaddOptions trim(StreamTrim trim) {
        return new XaddOptions(id, Optional.of(trim), noStream);
    }

    /** Only if there is such a stream (NOMKSTREAM). */
    public XaddOptions ifStreamExists() {
        return new XaddOptions(id, trim, true);
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        draft.when(noStream, "NOMKSTREAM");
        trim.ifPresent(some -> some.addTo(draft));
        return draft.word(id.orElse("*"));
    }
}
