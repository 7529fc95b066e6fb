package dev.cenote.protocols;

/** What running an operation does to the data, and so whether it may run twice. */
public enum Effect {
    /** Changes nothing. */
    READ_ONLY,
    /** Writes, and leaves the same data whether it runs once or twice. */
    IDEMPOTENT,
    /** Writes, and running it twice is not the same as running it once; the safe assumption. */
    NON_IDEMPOTENT;

    /** True if running twice does no harm. */
    public boolean isRepeatable() {
        return this != NON_IDEMPOTENT;
    }
}
