package dev.cenote.redis;

/** What was popped, and the key that had it. */
public record Popped<K, T>(K key, T value) {}
