package dev.cenote.redis;

/** A member of a sorted set with its score. */
public record Scored<V>(V member, double score) {}
