package dev.cenote.redis;

/** What distances are told in. */
public enum GeoUnit {
    METERS("m"),
    KILOMETERS("km"),
    MILES("mi"),
    FEET("ft");

    final String word;

    GeoUnit(String word) {
        this.word = word;
    }
}
