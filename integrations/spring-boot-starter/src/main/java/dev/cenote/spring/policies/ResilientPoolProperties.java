package dev.cenote.spring.policies;

import dev.cenote.PoolBuilder;
import dev.cenote.spring.PoolProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What pools with policies of their own have besides: those of MongoDB and Redis, under the prefix of each. Not thread-safe. */
public abstract class ResilientPoolProperties extends PoolProperties {
    /** How long pool.execute may take, with acquire, all attempts and the backoff between them. */
    private Duration callTimeout = Duration.ofSeconds(30);

    /** Name of the retry policy, a bean or one of cenote.policies.retry. Default: nothing is tried again. */
    private @Nullable String retry;

    /** Name of the circuit breaker, a bean or one of cenote.policies.circuit-breaker. Default: none. */
    private @Nullable String circuitBreaker;

    /** Each prefix has a class of its own. */
    protected ResilientPoolProperties() {}

    /**
     * Sets all of them, the name too.
     *
     * @param defaultName name of the pool, unless the property says another
     * @param policies where the names of policies are looked up
     * @throws dev.cenote.protocols.errors.ConfigurationException if there is no policy of that name
     */
    protected void apply(PoolBuilder<?, ?> builder, String defaultName, PolicyRegistry policies) {
        apply(builder, defaultName);
        builder.callTimeout(callTimeout);
        if (retry != null) {
            builder.retry(policies.retry(retry));
        }
        if (circuitBreaker != null) {
            builder.circuitBreaker(policies.circuit(circuitBreaker));
        }
    }

    // ---- as a bean has it

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
