package dev.cenote.spring.redis;

import dev.cenote.protocols.Pool;
import dev.cenote.redis.LettucePoolBuilder;
import dev.cenote.spring.policies.PolicyRegistry;
import dev.cenote.spring.policies.ResilientPoolProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the pool for Redis behaves; where it connects is said by {@code spring.data.redis.*}, unless it is here. Not thread-safe. */
@ConfigurationProperties(prefix = RedisPoolProperties.PREFIX, ignoreUnknownFields = false)
public class RedisPoolProperties extends ResilientPoolProperties {
    /** Where they stand. */
    public static final String PREFIX = "cenote.redis";

    /** Whether there is a pool for Redis, where cenote-redis is on the class path. */
    private boolean enabled = true;

    /** The server, sentinels or cluster. Default: what spring.data.redis or a service connection says, else redis://localhost:6379. */
    private @Nullable String uri;

    /** How many connections ordinary operations share, besides the max-size of the leases; 0 to have each take a lease. */
    private int sharedConnections = 1;

    /** How many operations may be under way on each shared connection; one more takes a lease. */
    private int maxInFlight = 4096;

    /** How often the connection for publish and subscribe must answer a PING. */
    private Duration pubSubHeartbeat = Duration.ofMillis(500);

    /** For Spring. */
    public RedisPoolProperties() {}

    /** Sets all of them but where it connects. */
    <B extends LettucePoolBuilder<B, P>, P extends Pool<?>> void apply(
            LettucePoolBuilder<B, P> builder, PolicyRegistry policies) {
        apply(builder, "redis", policies);
        builder.sharedConnections(sharedConnections);
        builder.maxInFlight(maxInFlight);
        builder.pubSubHeartbeat(pubSubHeartbeat);
    }

    // ---- as a bean has it

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getUri() {
        return uri;
    }

    public void setUri(@Nullable String uri) {
        this.uri = uri;
    }

    public int getSharedConnections() {
        return sharedConnections;
    }

    public void setSharedConnections(int sharedConnections) {
        this.sharedConnections = sharedConnections;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Duration getPubSubHeartbeat() {
        return pubSubHeartbeat;
    }

    public void setPubSubHeartbeat(Duration pubSubHeartbeat) {
        this.pubSubHeartbeat = pubSubHeartbeat;
    }
}
