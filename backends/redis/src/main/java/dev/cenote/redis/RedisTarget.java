package dev.cenote.redis;

import dev.cenote.protocols.Database;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.redis.RedisPoolBuilder.VerifyPeer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where to connect and as whom, in Lettuce's terms. Its string tells no password.
 *
 * @param servers the server, or the sentinels who know it
 * @param master what the sentinels call it
 * @param sslOptions what to change of the driver's options of TLS
 */
record RedisTarget(
        List<HostAndPort> servers,
        Optional<String> master,
        Optional<String> sentinelPassword,
        int database,
        Optional<String> user,
        Optional<String> password,
        Optional<String> clientName,
        int protocol,
        boolean tls,
        VerifyPeer verifyPeer,
        Optional<Consumer<SslOptions.Builder>> sslOptions) {
    static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** What metrics and spans say of it. */
    Database describe() {
        int port = master.isPresent() ? SENTINEL_PORT : REDIS_PORT;
        Optional<HostAndPort> first = servers.stream()
                .findFirst()
                .map(server -> new HostAndPort(
                        server.host(), OptionalInt.of(server.port().orElse(port))));
        return new Database("redis", first, Optional.of(String.valueOf(database)));
    }

    /** This, for that server of a cluster. */
    RedisTarget at(HostAndPort server) {
        return with(List.of(server), Optional.empty(), Optional.empty());
    }

    /** This, with the servers as sentinels if {@code watched} says what they call the master. */
    RedisTarget withSentinels(Optional<String> watched, Optional<String> secret) {
        return with(servers, watched, secret);
    }

    private RedisTarget with(List<HostAndPort> others, Optional<String> watched, Optional<String> secret) {
        return new RedisTarget(
                others, watched, secret, database, user, password, clientName, protocol, tls, verifyPeer, sslOptions);
    }

    /** The server, to be reached and to have greeted within {@code timeout}. */
    RedisURI uri(Duration timeout) {
        RedisURI.Builder uri =
                builder().withDatabase(database).withTimeout(timeout).withSsl(tls);
        verify(uri);
        clientName.ifPresent(uri::withClientName);
        password.ifPresent(secret -> {
            if (user.isPresent()) {
                uri.withAuthentication(user.get(), secret.toCharArray());
            } else {
                uri.withPassword(secret.toCharArray());
            }
        });
        RedisURI made = uri.build();
        sentinelPassword.ifPresent(secret -> made.getSentinels()
                .forEach(sentinel ->
                        sentinel.setCredentialsProvider(new StaticCredentialsProvider(null, secret.toCharArray()))));
        return made;
    }

    private void verify(RedisURI.Builder uri) {
        if (tls) {
            uri.withVerifyPeer(
                    switch (verifyPeer) {
                        case FULL -> SslVerifyMode.FULL;
                        case CA -> SslVerifyMode.CA;
                        case NONE -> SslVerifyMode.NONE;
                    });
        }
    }

    private RedisURI.Builder builder() {
        HostAndPort first = servers.get(0);
        if (master.isEmpty()) {
            return RedisURI.Builder.redis(first.host(), port(first));
        }
        RedisURI.Builder uri = RedisURI.Builder.sentinel(first.host(), port(first), master.get());
        servers.stream().skip(1).forEach(sentinel -> uri.withSentinel(sentinel.host(), port(sentinel)));
        return uri;
    }

    private int port(HostAndPort server) {
        return server.port().orElse(master.isPresent() ? SENTINEL_PORT : REDIS_PORT);
    }

    /** A sentinel, to be reached within {@code timeout}. */
    RedisURI sentinel(HostAndPort sentinel, Duration timeout) {
        RedisURI.Builder uri = RedisURI.Builder.redis(sentinel.host(), port(sentinel))
                .withTimeout(timeout)
                .withSsl(tls);
        verify(uri);
        sentinelPassword.ifPresent(secret -> uri.withPassword(secret.toCharArray()));
        return uri.build();
    }

    /**
     * Never reconnects by itself: Lettuce would send commands again that may have run. Nor does it time commands out,
     * which are given their deadlines one by one, or follow a server's notice to another address.
     */
    ClientOptions options(Duration connectTimeout) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.create())
                .protocolVersion(protocol == 2 ? ProtocolVersion.RESP2 : ProtocolVersion.RESP3)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connectTimeout)
                        .keepAlive(true)
                        .build());
        ignoreNotices(options);
        sslOptions.ifPresent(changes -> options.sslOptions(ssl(changes)));
        return options.build();
    }

    private static SslOptions ssl(Consumer<SslOptions.Builder> changes) {
        SslOptions.Builder options = SslOptions.builder();
        changes.accept(options);
        return options.build();
    }

    /**
     * Lettuce 7 listens to a server's notices of maintenance unless told not to. Lettuce 6 knows neither notices nor the
     * option, which is why its class may be missing: only here, and only that.
     */
    private static void ignoreNotices(ClientOptions.Builder options) {
        try {
            options.maintNotificationsConfig(MaintNotificationsConfig.disabled());
        } catch (NoClassDefFoundError lettuce6) {
            // Nothing to turn off.
        }
    }

    @Override
    public String toString() {
        String hosts = servers.stream()
                .map(server -> server.host() + ":" + port(server))
                .collect(Collectors.joining(","));
        return (tls ? "rediss" : "redis") + (master.isPresent() ? "-sentinel" : "") + "://" + hosts + "/" + database;
    }
}
