package dev.cenote.decorators;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions.Nesting;
import dev.cenote.protocols.errors.NestedUseException;
import org.jspecify.annotations.Nullable;

/** The transactions of one pool that threads are in. */
final class Nested<C extends Connection> {
    /** A transaction that this thread is in. */
    record Open<C extends Connection>(TransactionContext<C> transaction, Nesting nesting) {}

    private final String pool;
    private final ThreadLocal<@Nullable Open<C>> current = new ThreadLocal<>();

    /**
     * True once any thread has been in a transaction; until then nobody pays for looking. Plain: a thread that is in one has
     * set this itself.
     */
    private boolean any;

    Nested(String pool) {
        this.pool = pool;
    }

    /** The transaction that this thread is in, if it is in one. */
    @Nullable
    Open<C> current() {
        return any ? current.get() : null;
    }

    /** Enters {@code open}, and gives what there was before, to be handed to {@link #leave}. */
    @Nullable
    Open<C> enter(Open<C> open) {
        Open<C> outer = current();
        any = true;
        current.set(open);
        return outer;
    }

    void leave(@Nullable Open<C> outer) {
        if (outer == null) {
            current.remove();
        } else {
            current.set(outer);
        }
    }

    /** Refuses what would wait for a second connection, unless the transaction allows that. */
    void refuse(String use) {
        Open<C> open = current();
        if (open != null && open.nesting() != Nesting.SEPARATE) {
            throw new NestedUseException(pool, use);
        }
    }

    /** The transaction that what this thread is about to do belongs to; null if it goes its own way. */
    @Nullable
    TransactionContext<C> joined(String use, Nesting asked) {
        Open<C> open = current();
        if (open == null) {
            return null;
        }
        return switch (asked == Nesting.REFUSED ? open.nesting() : asked) {
            case REFUSED -> throw new NestedUseException(pool, use);
            case JOINED -> open.transaction();
            case SEPARATE -> null;
        };
    }
}
