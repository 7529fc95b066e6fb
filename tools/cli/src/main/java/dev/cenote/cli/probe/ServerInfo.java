package dev.cenote.cli.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says of itself. What it does not tell, or not to this user, is empty.
 *
 * @param product name of the product
 * @param version its version
 * @param tls how the connection is encrypted, in words; {@code none} if it is not
 * @param role its part in replication and whether it takes writes
 * @param limits how many connections it takes
 * @param idle when it ends those that do nothing
 * @param clockAhead by how much its clock is ahead of the one here; negative if behind
 */
record ServerInfo(
        String product,
        String version,
        String tls,
        Optional<Role> role,
        Limits limits,
        Idle idle,
        Optional<Duration> clockAhead) {

    /**
     * A server's part in replication.
     *
     * @param name {@code primary}, {@code replica}, or the product's own word
     * @param acceptsWrites false if it only reads
     */
    record Role(String name, boolean acceptsWrites) {}

    /**
     * How many connections a server takes.
     *
     * @param most at once, for this user and database
     * @param reserved of them for administrators
     * @param inUse now, the one that asked included
     */
    record Limits(OptionalLong most, OptionalLong reserved, OptionalLong inUse) {
        static final Limits UNKNOWN = new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * What a server does with connections that do nothing.
     *
     * @param setting the name of its setting
     * @param after when it closes them; zero if never, empty if it does not tell
     * @param tcpKeepalive when it looks whether the client is still there; zero if never, empty if it does not tell
     */
    record Idle(String setting, Optional<Duration> after, Optional<Duration> tcpKeepalive) {
        static final Idle UNKNOWN = new Idle("", Optional.empty(), Optional.empty());
    }

    boolean isEncrypted() {
        return !tls.equals("none");
    }
}
