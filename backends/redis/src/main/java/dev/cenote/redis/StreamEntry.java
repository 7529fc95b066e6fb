package dev.cenote.redis;

import java.util.Map;

/**
 * An entry of a stream.
 *
 * @param fields none if the entry has been deleted while it was pending
 */
public record StreamEntry<K, V>(String id, Map<K, V> fields) {}
