package dev.cenote.cli.demo;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.CenoteException;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One thread of load: every third operation adds to its ledger. */
final class Worker<C extends Connection> implements Runnable {
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 10;

    private final Workload<C> workload;
    private final Tally tally;
    private final int number;
    private final CountDownLatch stop;
    private final SplittableRandom random;

    Worker(Workload<C> workload, Tally tally, int number, CountDownLatch stop) {
        this.workload = workload;
        this.tally = tally;
        this.number = number;
        this.stop = stop;
        this.random = new SplittableRandom(number);
    }

    @Override
    public void run() {
        try {
            for (long i = 0; stop.getCount() > 0; i++) {
                boolean ledger = i % 3 == 0;
                Operation<? super C, ?> operation =
                        ledger ? workload.increment(number) : workload.other(number, random);
                if (!attempt(operation, ledger) && stop.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt(Operation<? super C, ?> operation, boolean ledger) {
        long start = System.nanoTime();
        try {
            Object unused = workload.pool().execute(operation);
            tally.succeeded(ledger, System.nanoTime() - start);
            return true;
        } catch (CenoteException failure) {
            tally.failed(ledger, System.nanoTime() - start, failure);
            return false;
        }
    }
}
