package dev.cenote.testkit.fakes;

import dev.cenote.PoolBuilder;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.io.IOException;

/** A pool of connections to a {@link FakeDatabase}: the engine and the policies as every backend has them. */
public final class FakePool extends ResilientPool<FakeConnection> {
    private FakePool(Parts<FakeConnection> parts) {
        super(parts);
    }

    /** A builder of a pool to {@code database}. */
    public static Builder builder(FakeDatabase database) {
        return new Builder(database);
    }

    /** I/O errors evict, and nobody knows what ran; all else is the caller's mistake. */
    public static Verdict classify(Throwable error, Classifier.Phase phase) {
        if (error instanceof SecurityException) {
            return new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT);
        }
        boolean io = error instanceof IOException || error instanceof InterruptedException;
        if (phase == Classifier.Phase.CONNECT) {
            return new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED);
        }
        if (io && phase == Classifier.Phase.COMMIT) {
            return new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN);
        }
        return io
                ? new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN)
                : new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
    }

    /** Builds a {@link FakePool}. */
    public static final class Builder extends PoolBuilder<Builder, FakePool> {
        private final FakeDatabase database;

        private Builder(FakeDatabase database) {
            this.database = database;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public FakePool build() {
            return published(new FakePool(parts("fake", database, FakePool::classify)));
        }
    }
}
