package dev.cenote.spring.policies;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.CircuitBreakerBuilder;
import dev.cenote.decorators.Bulkhead;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.retry.Retry;
import dev.cenote.retry.RetryBudget;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.retry.RetryPolicyBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Retry policies, circuit breakers and bulkheads by name, for annotations and pools. Not thread-safe. */
@ConfigurationProperties(prefix = PolicyProperties.PREFIX, ignoreUnknownFields = false)
public class PolicyProperties {
    /** Where they stand. */
    public static final String PREFIX = "cenote.policies";

    /** Whether beans whose methods bear the annotations of Cenote get the policies round them. */
    private boolean annotations = true;

    /** Retry policies by name. */
    private final Map<String, RetryProperties> retry = new LinkedHashMap<>();

    /** Circuit breakers by name. */
    private final Map<String, CircuitProperties> circuitBreaker = new LinkedHashMap<>();

    /** Bulkheads by name. */
    private final Map<String, BulkheadProperties> bulkhead = new LinkedHashMap<>();

    /** For Spring. */
    public PolicyProperties() {}

    public boolean isAnnotations() {
        return annotations;
    }

    public void setAnnotations(boolean annotations) {
        this.annotations = annotations;
    }

    public Map<String, RetryProperties> getRetry() {
        return retry;
    }

    public Map<String, CircuitProperties> getCircuitBreaker() {
        return circuitBreaker;
    }

    public Map<String, BulkheadProperties> getBulkhead() {
        return bulkhead;
    }

    Map<String, Retry> retries() {
        return built("retry", retry, each -> each.getValue().policy(each.getKey()));
    }

    Map<String, Circuit> circuits() {
        return built("circuit-breaker", circuitBreaker, each -> each.getValue().breaker(each.getKey()));
    }

    Map<String, Bulkhead> bulkheads() {
        return built("bulkhead", bulkhead, each -> each.getValue().bulkhead(each.getKey()));
    }

    private static <S, P> Map<String, P> built(
            String kind, Map<String, S> some, Function<Map.Entry<String, S>, P> build) {
        var all = new TreeMap<String, P>();
        some.entrySet().forEach(each -> {
            try {
                all.put(each.getKey(), build.apply(each));
            } catch (ConfigurationException wrong) {
                throw new ConfigurationException(kind + "." + each.getKey() + ": " + wrong.getMessage(), wrong);
            }
        });
        return all;
    }

    /** The forms of backoff. */
    public enum Form {
        /** Doubles, with jitter. */
        EXPONENTIAL,
        /** Random by the last one. */
        DECORRELATED,
        /** Always the same. */
        FIXED
    }

    /** A retry policy. */
    public static class RetryProperties {
        /** How the backoff grows. */
        private Form form = Form.EXPONENTIAL;

        /** Most retries after the first attempt. */
        private int maxRetries = 3;

        /** Longest backoff before the first retry; the shortest of all where it is decorrelated, each where it is fixed. */
        private Duration base = Duration.ofMillis(50);

        /** Longest backoff before any retry. */
        private Duration cap = Duration.ofSeconds(5);

        /** By how much the backoff grows at most from one retry to the next. Default: 2; 3 where it is decorrelated. */
        private @Nullable Double multiplier;

        /** Share of the backoff that is random, from 0 to 1. Default: 1; 0 where it is fixed. */
        private @Nullable Double jitter;

        /** Retries allowed for each call, by the budget that bounds the load they add. */
        private double budgetShare = 0.2;

        /** Retries allowed in each second, however few calls there are. */
        private double minRetriesPerSecond = 10;

        /** For Spring. */
        public RetryProperties() {}

        RetryPolicy policy(String name) {
            RetryPolicyBuilder builder = switch (form) {
                case EXPONENTIAL -> RetryPolicy.exponential();
                case DECORRELATED -> RetryPolicy.decorrelated();
                case FIXED -> RetryPolicy.fixed(base);
            };
            builder.name(name).maxRetries(maxRetries);
            if (form != Form.FIXED) {
                builder.base(base).cap(cap);
            }
            if (multiplier != null) {
                builder.multiplier(multiplier);
            }
            if (jitter != null) {
                builder.jitter(jitter);
            }
            return builder.budget(RetryBudget.builder()
                            .share(budgetShare)
                            .minRetriesPerSecond(minRetriesPerSecond)
                            .build())
                    .build();
        }

        public Form getForm() {
            return form;
        }

        public void setForm(Form form) {
            this.form = form;
        }

        public int getMaxRetries() {
            return maxRetries;
        }

        public void setMaxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
        }

        public Duration getBase() {
            return base;
        }

        public void setBase(Duration base) {
            this.base = base;
        }

        public Duration getCap() {
            return cap;
        }

        public void setCap(Duration cap) {
            this.cap = cap;
        }

        public @Nullable Double getMultiplier() {
            return multiplier;
        }

        public void setMultiplier(@Nullable Double multiplier) {
            this.multiplier = multiplier;
        }

        public @Nullable Double getJitter() {
            return jitter;
        }

        public void setJitter(@Nullable Double jitter) {
            this.jitter = jitter;
        }

        public double getBudgetShare() {
            return budgetShare;
        }

        public void setBudgetShare(double budgetShare) {
            this.budgetShare = budgetShare;
        }

        public double getMinRetriesPerSecond() {
            return minRetriesPerSecond;
        }

        public void setMinRetriesPerSecond(double minRetriesPerSecond) {
            this.minRetriesPerSecond = minRetriesPerSecond;
        }
    }

    /** A circuit breaker. */
    public static class CircuitProperties {
        /** Failures in a row that open it. */
        private int failureThreshold = 5;

        /** Opens it also when at least this share of the calls in the window failed, above 0 and at most 1. Default: only failures in a row count. */
        private @Nullable Double failureRate;

        /** Opens it also when at least this share of the calls in the window was slow, above 0 and at most 1. Default: no call is too slow. */
        private @Nullable Double slowCallRate;

        /** From how long on a call is slow; only of matter with slow-call-rate. */
        private Duration slowCall = Duration.ofSeconds(1);

        /** How many of the last calls the rates are of. */
        private int windowCalls = 100;

        /** How many calls there must have been for the rates to count. */
        private int minimumCalls = 100;

        /** How long it stays open before it lets a probe through. */
        private Duration resetTimeout = Duration.ofSeconds(1);

        /** Probes that a half-open circuit lets through, and that must all succeed. */
        private int halfOpenProbes = 1;

        /** For Spring. */
        public CircuitProperties() {}

        CircuitBreaker breaker(String name) {
            Check.positive("slow", slowCall); // also where nothing is made of it
            CircuitBreakerBuilder builder = CircuitBreaker.builder()
                    .name(name)
                    .failureThreshold(failureThreshold)
                    .window(windowCalls, minimumCalls)
                    .resetTimeout(resetTimeout)
                    .halfOpenProbes(halfOpenProbes);
            if (failureRate != null) {
                builder.failureRate(failureRate);
            }
            if (slowCallRate != null) {
                builder.slowCallRate(slowCallRate, slowCall);
            }
            return builder.build();
        }

        public int getFailureThreshold() {
            return failureThreshold;
        }

        public void setFailureThreshold(int failureThreshold) {
            this.failureThreshold = failureThreshold;
        }

        public @Nullable Double getFailureRate() {
            return failureRate;
        }

        public void setFailureRate(@Nullable Double failureRate) {
            this.failureRate = failureRate;
        }

        public @Nullable Double getSlowCallRate() {
            return slowCallRate;
        }

        public void setSlowCallRate(@Nullable Double slowCallRate) {
            this.slowCallRate = slowCallRate;
        }

        public Duration getSlowCall() {
            return slowCall;
        }

        public void setSlowCall(Duration slowCall) {
            this.slowCall = slowCall;
        }

        public int getWindowCalls() {
            return windowCalls;
        }

        public void setWindowCalls(int windowCalls) {
            this.windowCalls = windowCalls;
        }

        public int getMinimumCalls() {
            return minimumCalls;
        }

        public void setMinimumCalls(int minimumCalls) {
            this.minimumCalls = minimumCalls;
        }

        public Duration getResetTimeout() {
            return resetTimeout;
        }

        public void setResetTimeout(Duration resetTimeout) {
            this.resetTimeout = resetTimeout;
        }

        public int getHalfOpenProbes() {
            return halfOpenProbes;
        }

        public void setHalfOpenProbes(int halfOpenProbes) {
            this.halfOpenProbes = halfOpenProbes;
        }
    }

    /** A bulkhead. */
    public static class BulkheadProperties {
        /** Most calls under way at a time. */
        private int maxConcurrentCalls = 10;

        /** How long a call waits for its turn; 0 to fail at once. */
        private Duration maxWait = Duration.ZERO;

        /** For Spring. */
        public BulkheadProperties() {}

        Bulkhead bulkhead(String name) {
            return Bulkhead.of(name, maxConcurrentCalls, maxWait);
        }

        public int getMaxConcurrentCalls() {
            return maxConcurrentCalls;
        }

        public void setMaxConcurrentCalls(int maxConcurrentCalls) {
            this.maxConcurrentCalls = maxConcurrentCalls;
        }

        public Duration getMaxWait() {
            return maxWait;
        }

        public void setMaxWait(Duration maxWait) {
            this.maxWait = maxWait;
        }
    }
}
