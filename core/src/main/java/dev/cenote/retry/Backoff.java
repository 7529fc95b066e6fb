package dev.cenote.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a retry. */
sealed interface Backoff {
    /**
     * The backoff before retry {@code number}.
     *
     * @param number counted from 1
     * @param lastNanos the backoff before the retry that came before it; zero before the first
     */
    long nanos(int number, long lastNanos, RandomGenerator random);

    /** Grows by a factor from retry to retry; a share of it is random. */
    record Exponential(long baseNanos, long capNanos, double multiplier, double jitter) implements Backoff {
        @Override
        public long nanos(int number, long lastNanos, RandomGenerator random) {
            double most = Math.min(baseNanos * Math.pow(multiplier, number - 1), capNanos);
            return (long) (most - most * jitter * random.nextDouble());
        }

        @Override
        public String toString() {
            return "base " + Duration.ofNanos(baseNanos) + ", cap " + Duration.ofNanos(capNanos) + ", multiplier "
                    + multiplier + ", jitter " + jitter;
        }
    }

    /** Anything between the base and a multiple of the last one: callers that failed together drift apart for good. */
    record Decorrelated(long baseNanos, long capNanos, double multiplier) implements Backoff {
        @Override
        public long nanos(int number, long lastNanos, RandomGenerator random) {
            double most = Math.max(lastNanos, baseNanos) * multiplier;
            return (long) Math.min(capNanos, baseNanos + random.nextDouble() * (most - baseNanos));
        }

        @Override
        public String toString() {
            return "decorrelated, base " + Duration.ofNanos(baseNanos) + ", cap " + Duration.ofNanos(capNanos)
                    + ", multiplier " + multiplier;
        }
    }
}
