package dev.cenote.redis;

import dev.cenote.protocols.Check;

/**
 * How the shared lane is built.
 *
 * @param connections how many connections are shared; none if zero
 * @param maxInFlight how many operations may be under way on each
 */
record LaneOptions(int connections, int maxInFlight) {
    LaneOptions {
        Check.atLeast("sharedConnections", 0, connections);
        Check.atLeast("maxInFlight", 1, maxInFlight);
    }
}
