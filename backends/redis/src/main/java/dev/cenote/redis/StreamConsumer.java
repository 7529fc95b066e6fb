package dev.cenote.redis;

/** A consumer of a group. The server makes it known when it first reads. */
public record StreamConsumer(String group, String name) {}
