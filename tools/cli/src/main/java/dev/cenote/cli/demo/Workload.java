package dev.cenote.cli.demo;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import java.util.random.RandomGenerator;

/**
 * What is done to one database: typed operations, some of which write to a ledger.
 *
 * @param <C> the connection
 */
interface Workload<C extends Connection> {
    /** Name of the backend in the report. */
    String name();

    /** The pool; closed by whoever runs the workload. */
    ResilientPool<C> pool();

    /** Makes what the operations need, empty. */
    void prepare(int workers);

    /** Adds 1 to the ledger of a worker: a write that must not run twice. */
    Operation<? super C, ?> increment(int worker);

    /** Some other operation, mostly a read. */
    Operation<? super C, ?> other(int worker, RandomGenerator random);

    /** The sum over all ledgers. */
    long stored();
}
