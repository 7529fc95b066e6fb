package dev.cenote.retry;

import dev.cenote.protocols.errors.ConfigurationException;

/** When and how a failed call is tried again. Immutable. */
public final class RetryPolicy {
    private final int maxRetries;

    private RetryPolicy(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    /** Most retries after the first attempt. */
    public int maxRetries() {
        return maxRetries;
    }

    /** A builder of a policy with exponential backoff. */
    public static Builder exponential() {
        return new Builder();
    }

    /** Collects the parts of a policy. */
    public static final class Builder {
        private int maxRetries = 3;

        /** Most retries after the first attempt. Default 3. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** The policy. */
        public RetryPolicy build() {
            if (maxRetries < 0) {
                throw new ConfigurationException("maxRetries must be >= 0, was " + maxRetries);
            }
            return new RetryPolicy(maxRetries);
        }
    }
}
