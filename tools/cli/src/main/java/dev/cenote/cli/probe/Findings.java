package dev.cenote.cli.probe;

import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a probe has found, before any judgement.
 *
 * @param uri the database
 * @param server what the server says of itself
 * @param tls what its certificate is; empty if it has none or it could not be seen
 * @param tlsUnseen why it could not be seen
 * @param connect how long opening a connection took, the quickest of some; empty where it opens none by itself
 * @param roundTripMin the quickest of several
 * @param roundTripMedian the middle one
 * @param options those that a pool would have
 */
record Findings(
        PoolUri uri,
        ServerInfo server,
        Optional<TlsLook.Seen> tls,
        Optional<String> tlsUnseen,
        Optional<Duration> connect,
        Duration roundTripMin,
        Duration roundTripMedian,
        PoolOptions options) {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    /** That of a pool; the probe's own is shorter, so that it learns why it cannot connect. */
    Duration connectTimeout() {
        return uri.poolParameters().containsKey("connectTimeout")
                ? options.connectTimeout()
                : PoolOptions.builder().name("probed").build().connectTimeout();
    }

    /** The first host. */
    String host() {
        return uri.hosts().get(0).host();
    }

    /** True if all hosts are this machine. */
    boolean isHere() {
        return uri.hosts().stream().map(HostAndPort::host).allMatch(HERE::contains);
    }
}
