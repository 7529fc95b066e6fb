package dev.cenote.protocols;

import java.time.Duration;

/**
 * How long the steps of a pool may take. Immutable; what {@link Pool#timeouts(Timeouts)} changes while the pool runs.
 *
 * @param acquire how long {@code acquire} waits
 * @param connect how long opening one connection may take
 * @param validate how long a connection may take to give a sign of life
 * @param reset how long restoring a session on return may take
 * @param operation how long one operation on a lease may take
 */
public record Timeouts(Duration acquire, Duration connect, Duration validate, Duration reset, Duration operation) {
    /**
     * Checks them.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless each is longer than zero
     */
    public Timeouts {
        Check.positive("acquireTimeout", acquire);
        Check.positive("connectTimeout", connect);
        Check.positive("validateTimeout", validate);
        Check.positive("resetTimeout", reset);
        Check.positive("operationTimeout", operation);
    }

    /** This, with that time to acquire. */
    public Timeouts withAcquire(Duration other) {
        return new Timeouts(other, connect, validate, reset, operation);
    }

    /** This, with that time to connect. */
    public Timeouts withConnect(Duration other) {
        return new Timeouts(acquire, other, validate, reset, operation);
    }

    /** This, with that time to validate. */
    public Timeouts withValidate(Duration other) {
        return new Timeouts(acquire, connect, other, reset, operation);
    }

    /** This, with that time to reset. */
    public Timeouts withReset(Duration other) {
        return new Timeouts(acquire, connect, validate, other, operation);
    }

    /** This, with that time for an operation. */
    public Timeouts withOperation(Duration other) {
        return new Timeouts(acquire, connect, validate, reset, other);
    }
}
