package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import dev.cenote.protocols.errors.TransactionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis server. It unwraps to Lettuce's {@link StatefulRedisConnection}, {@link RedisCommands} and
 * {@link RedisAsyncCommands}; who unwraps it may change the session, so that it is cleaned on return.
 */
public final class RedisConnection implements Transactional {
    private final StatefulRedisConnection<String, String> driver;
    private final RedisAsyncCommands<String, String> strings;
    private boolean exposed;
    private @Nullable RedisTransaction transaction;
    private boolean executing;

    RedisConnection(StatefulRedisConnection<String, String> driver) {
        this.driver = driver;
        this.strings = driver.async();
    }

    StatefulRedisConnection<String, String> driver() {
        return driver;
    }

    RedisAsyncCommands<String, String> commands() {
        return strings;
    }

    /**
     * The same for commands that bring bytes. A command has its own codec for what it sends and makes of the reply; that of
     * the connection is asked for nothing of the kind.
     */
    @SuppressWarnings({"unchecked", "rawtypes"
    }) // the driver's connection has type parameters for its own commands alone
    RedisClusterAsyncCommands<byte[], byte[]> bytes() {
        return (RedisClusterAsyncCommands) strings;
    }

    /** Its session is about to be changed, by more than can be told. */
    void expose() {
        exposed = true;
    }

    /** True if it must be cleaned before the next user gets it. */
    boolean isDirty() {
        return exposed || transaction != null;
    }

    void clean() {
        exposed = false;
        transaction = null;
    }

    // ---- transactions

    /** Lets an operation run at once. */
    void admit(String operation, Effect effect) {
        if (transaction != null) {
            transaction.admit(operation, effect);
        }
    }

    /**
     * The open transaction.
     *
     * @throws TransactionException if none is open
     */
    RedisTransaction transaction(String operation) {
        if (transaction == null) {
            throw new TransactionException(operation + " is of use within a transaction only");
        }
        return transaction;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Costs no round trip: nothing is sent until keys are watched or read.
     *
     * @throws TransactionException if {@code options} asks for an isolation level
     */
    @Override
    public void begin(TransactionOptions options, Deadline deadline) {
        transaction = new RedisTransaction(options);
        executing = false;
    }

    /** {@inheritDoc} Sends what was queued, between MULTI and EXEC. */
    @Override
    public void commit(Deadline deadline) throws Exception {
        IoThread.admitBlocking("EXEC");
        executing = true;
        transaction("EXEC").commit(this, deadline);
        transaction = null;
    }

    @Override
    public void rollback(Deadline deadline) throws Exception {
        IoThread.admitBlocking("UNWATCH");
        transaction("UNWATCH").forget(commands(), deadline);
        transaction = null;
    }

    /** {@inheritDoc} What it writes is sent at its end. */
    @Override
    public boolean isUndoneWhenLost() {
        return !executing && !exposed;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        for (Object candidate : new Object[] {driver, driver.sync(), driver.async()}) {
            if (type.isInstance(candidate)) {
                exposed = true;
                return type.cast(candidate);
            }
        }
        throw new IllegalArgumentException(
                "type must be StatefulRedisConnection, RedisCommands or RedisAsyncCommands, was " + type.getName());
    }
}
