package dev.cenote.redis;

/**
 * What the shared connections of a pool do at one moment.
 *
 * @param maxConnections how many there may be; zero if the pool has none
 * @param connections how many there are, those included that end when their last operation has
 * @param inFlight operations that were sent on them and have no reply yet
 * @param executed operations that they have taken since the pool was built
 */
public record SharedLaneStats(int maxConnections, int connections, int inFlight, long executed) {
    static final SharedLaneStats NONE = new SharedLaneStats(0, 0, 0, 0);
}
