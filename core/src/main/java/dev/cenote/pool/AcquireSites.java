package dev.cenote.pool;

/** Which leases remember the stack of their acquire, for the reports of leaks and of an exhausted pool. */
public enum AcquireSites {
    /** None. Costs nothing. */
    NONE,
    /** Those that had to wait, and one of 32 others. */
    SAMPLED,
    /** All; costs some microseconds for each acquire. */
    ALL
}
