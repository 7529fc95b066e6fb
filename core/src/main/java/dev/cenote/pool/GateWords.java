package dev.cenote.pool;

/** The fields of {@link Gates}, on a cache line of their own. */
abstract class GateWords extends PaddingBefore {
    volatile int entrance;
    volatile int exit;
}
