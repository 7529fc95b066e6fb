package dev.cenote.redis;

import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import io.lettuce.core.RedisException;

/**
 * Stands in the place of a connector in the engine that a cluster's pool has beside those of its nodes, for its state, its
 * threads and its events. That engine never connects; when it ends, so does the client that all share.
 */
record ClusterRoot(LettuceClient client, Database database) implements Connector<RedisConnection> {
    @Override
    public RedisConnection open(Deadline deadline) {
        throw new RedisException("only the nodes of a cluster have connections");
    }

    @Override
    public void validate(RedisConnection connection, Deadline deadline) {}

    @Override
    public boolean needsReset(RedisConnection connection) {
        return false;
    }

    @Override
    public void reset(RedisConnection connection, Deadline deadline) {}

    @Override
    public void close(RedisConnection connection) {}

    @Override
    public void abort(RedisConnection connection) {}

    @Override
    public void shutdown() {
        client.end();
    }
}
