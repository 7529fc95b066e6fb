package dev.cenote.redis;

import dev.cenote.redis.RedisPoolBuilder.VerifyPeer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where to connect and as whom, in Lettuce's terms. Its string tells no password. */
record RedisTarget(
        String host,
        int port,
        int database,
        Optional<String> user,
        Optional<String> password,
        Optional<String> clientName,
        int protocol,
        boolean tls,
        VerifyPeer verifyPeer,
        Optional<Path> caFile) {

    /** The server, to be reached and to have greeted within {@code timeout}. */
    RedisURI uri(Duration timeout) {
        RedisURI.Builder uri = RedisURI.Builder.redis(host, port)
                .withDatabase(database)
                .withTimeout(timeout)
                .withSsl(tls);
        if (tls) {
            uri.withVerifyPeer(
                    switch (verifyPeer) {
                        case FULL -> SslVerifyMode.FULL;
                        case CA -> SslVerifyMode.CA;
                        case NONE -> SslVerifyMode.NONE;
                    });
        }
        clientName.ifPresent(uri::withClientName);
        password.ifPresent(secret -> {
            if (user.isPresent()) {
                uri.withAuthentication(user.get(), secret.toCharArray());
            } else {
                uri.withPassword(secret.toCharArray());
            }
        });
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
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .protocolVersion(protocol == 2 ? ProtocolVersion.RESP2 : ProtocolVersion.RESP3)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connectTimeout)
                        .keepAlive(true)
                        .build());
        caFile.ifPresent(pem -> options.sslOptions(
                SslOptions.builder().trustManager(pem.toFile()).build()));
        return options.build();
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
    }
}
