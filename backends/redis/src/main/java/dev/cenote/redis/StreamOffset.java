package dev.cenote.redis;

/**
 * A stream, and the entry after which it is read.
 *
 * @param after its id, or one of the signs that the methods here stand for
 */
public record StreamOffset<K>(K key, String after) {
    /** All entries. */
    public static <K> StreamOffset<K> fromStart(K key) {
        return new StreamOffset<>(key, "0");
    }

    /** Entries after the one of that id. */
    public static <K> StreamOffset<K> after(K key, String id) {
        return new StreamOffset<>(key, id);
    }

    /** Entries that are added from now on. Of use only to a read that waits. */
    public static <K> StreamOffset<K> fromNow(K key) {
        return new StreamOffset<>(key, "$");
    }

    /** Entries that no consumer of the group has been given yet. For reads by a group. */
    public static <K> StreamOffset<K> undelivered(K key) {
        return new StreamOffset<>(key, ">");
    }
}
