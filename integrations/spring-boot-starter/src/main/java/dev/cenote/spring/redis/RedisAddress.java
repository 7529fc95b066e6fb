package dev.cenote.spring.redis;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.LettucePoolBuilder;
import dev.cenote.redis.RedisClusterPoolBuilder;
import dev.cenote.redis.RedisPoolBuilder;
import io.lettuce.core.SslOptions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;

/** Where to connect by what Spring Data connects to; says what of that has no counterpart. */
final class RedisAddress {
    private static final String TLS = "rediss:";

    private final ObjectProvider<DataRedisConnectionDetails> details;
    private final ObjectProvider<DataRedisProperties> properties;

    RedisAddress(ObjectProvider<DataRedisConnectionDetails> details, ObjectProvider<DataRedisProperties> properties) {
        this.details = details;
        this.properties = properties;
    }

    void apply(RedisPoolBuilder builder) {
        properties.ifAvailable(each -> common(builder, each));
        details.ifAvailable(each -> {
            logIn(builder, each);
            refuse(each);
            if (each.getSentinel() != null) {
                sentinels(builder, each.getSentinel());
            } else if (each.getStandalone() != null) {
                var server = each.getStandalone();
                builder.host(server.getHost()).port(server.getPort()).database(server.getDatabase());
            }
        });
    }

    private static void refuse(DataRedisConnectionDetails details) {
        if (details.getMasterReplica() != null) {
            throw new ConfigurationException(
                    "spring.data.redis.masterreplica must not be set, since the pool finds a master by sentinels only;"
                            + " set cenote.redis.uri, or cenote.redis.enabled=false");
        }
        if (details.getCluster() != null) {
            throw new ConfigurationException(
                    "DataRedisConnectionDetails must not be of a cluster where no property says so; set"
                            + " spring.data.redis.cluster.nodes or cenote.redis.uri, or define a RedisClusterPool");
        }
    }

    void apply(RedisClusterPoolBuilder builder) {
        properties.ifAvailable(each -> {
            common(builder, each);
            if (each.getCluster() != null && each.getCluster().getMaxRedirects() != null) {
                builder.maxRedirects(each.getCluster().getMaxRedirects());
            }
        });
        details.ifAvailable(each -> {
            logIn(builder, each);
            if (each.getCluster() != null) {
                builder.seeds(addresses(each.getCluster().getNodes()));
            }
        });
    }

    private static void sentinels(RedisPoolBuilder builder, DataRedisConnectionDetails.Sentinel sentinel) {
        if (StringUtils.hasText(sentinel.getUsername())) {
            throw new ConfigurationException(
                    "spring.data.redis.sentinel.username must not be set, since sentinels are asked with a password only,"
                            + " was " + sentinel.getUsername());
        }
        builder.sentinels(sentinel.getMaster(), addresses(sentinel.getNodes())).database(sentinel.getDatabase());
        ifText(sentinel.getPassword(), builder::sentinelPassword);
    }

    private static String[] addresses(List<Node> nodes) {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toArray(String[]::new);
    }

    private static <B extends LettucePoolBuilder<B, P>, P extends Pool<?>> void common(
            LettucePoolBuilder<B, P> builder, DataRedisProperties properties) {
        ifText(properties.getClientName(), builder::clientName);
        String url = properties.getUrl(); // of which no connection details say that it asks for TLS
        if (url != null && url.strip().startsWith(TLS)) {
            builder.tls(true);
        }
    }

    private static <B extends LettucePoolBuilder<B, P>, P extends Pool<?>> void logIn(
            LettucePoolBuilder<B, P> builder, DataRedisConnectionDetails details) {
        ifText(details.getPassword(), builder::password);
        ifText(details.getUsername(), builder::user);
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            builder.tls(true).sslOptions(options -> apply(bundle, options));
        }
    }

    private static void apply(SslBundle bundle, SslOptions.Builder options) {
        options.keyManager(bundle.getManagers().getKeyManagerFactory());
        options.trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            options.protocols(protocols);
        }
    }

    private static void ifText(@Nullable String value, Consumer<String> setter) {
        if (value != null && StringUtils.hasText(value)) {
            setter.accept(value);
        }
    }
}
