package dev.cenote.redis;

/**
 * A member of a geo set that was found.
 *
 * @param distance from the middle of the search, in its unit
 * @param point where it is, to the precision that Redis keeps
 */
public record GeoFound<V>(V member, double distance, GeoPoint point) {}
