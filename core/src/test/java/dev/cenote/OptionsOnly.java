package dev.cenote;

import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Pool;

/** A builder of which only the options are wanted. */
final class OptionsOnly extends PoolBuilder<OptionsOnly, Pool<Connection>> {
    @Override
    protected OptionsOnly self() {
        return this;
    }

    PoolOptions built() {
        return options("test");
    }

    @Override
    public Pool<Connection> build() {
        throw new UnsupportedOperationException("only its options are wanted");
    }
}
