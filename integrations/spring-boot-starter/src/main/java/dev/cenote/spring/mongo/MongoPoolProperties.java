package dev.cenote.spring.mongo;

import dev.cenote.mongo.MongoPoolBuilder;
import dev.cenote.spring.PoolProperties;
import dev.cenote.spring.policies.PolicyRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the pool for MongoDB behaves; where it connects is said by {@code spring.mongodb.*}, unless it is here. Not thread-safe. */
@ConfigurationProperties(prefix = MongoPoolProperties.PREFIX, ignoreUnknownFields = false)
public class MongoPoolProperties extends PoolProperties {
    /** Where they stand. */
    public static final String PREFIX = "cenote.mongo";

    /** Whether there is a pool for MongoDB, where cenote-mongo is on the class path. */
    private boolean enabled = true;

    /** The deployment. Default: what spring.mongodb or a service connection says, else mongodb://localhost:27017. */
    private @Nullable String uri;

    /** The database that operations work on. Default: that of spring.mongodb, of the URI, else test. */
    private @Nullable String database;

    /** Most change streams that may be open at a time. */
    private int maxChangeStreams = 16;

    /** How long pool.execute may take, with acquire, all attempts and the backoff between them. */
    private Duration callTimeout = Duration.ofSeconds(30);

    /** Name of the retry policy, a bean or one of cenote.policies.retry. Default: nothing is tried again. */
    private @Nullable String retry;

    /** Name of the circuit breaker, a bean or one of cenote.policies.circuit-breaker. Default: none. */
    private @Nullable String circuitBreaker;

    /** For Spring. */
    public MongoPoolProperties() {}

    /** Sets all of them but where it connects. */
    void apply(MongoPoolBuilder builder, PolicyRegistry policies) {
        super.apply(builder, "mongo");
        builder.maxChangeStreams(maxChangeStreams);
        builder.callTimeout(callTimeout);
        if (retry != null) {
            builder.retry(policies.retry(retry));
        }
        if (circuitBreaker != null) {
            builder.circuitBreaker(policies.circuit(circuitBreaker));
        }
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

    public @Nullable String getDatabase() {
        return database;
    }

    public void setDatabase(@Nullable String database) {
        this.database = database;
    }

    public int getMaxChangeStreams() {
        return maxChangeStreams;
    }

    public void setMaxChangeStreams(int maxChangeStreams) {
        this.maxChangeStreams = maxChangeStreams;
    }

    public Duration getCallTimeout() {
        return callTimeout;
    }

    public void setCallTimeout(Duration callTimeout) {
        this.callTimeout = callTimeout;
    }

    public @Nullable String getRetry() {
        return retry;
    }

    public void setRetry(@Nullable String retry) {
        this.retry = retry;
    }

    public @Nullable String getCircuitBreaker() {
        return circuitBreaker;
    }

    public void setCircuitBreaker(@Nullable String circuitBreaker) {
        this.circuitBreaker = circuitBreaker;
    }
}
