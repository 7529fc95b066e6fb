package dev.cenote.redis;

/** A place on the earth, in degrees. Redis takes latitudes from -85.05112878 to 85.05112878. */
public record GeoPoint(double longitude, double latitude) {}
