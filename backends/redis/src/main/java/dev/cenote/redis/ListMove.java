package dev.cenote.redis;

/** From which end of a list an element is taken, and at which of another, or the same, it is put. */
public record ListMove<K>(K source, ListEnd from, K destination, ListEnd to) {}
