package dev.cenote.cli.bench;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.RedisClusterPool;
import dev.cenote.redis.RedisPool;
import java.util.Optional;

/**
 * What each call does.
 *
 * @param words the operation in the database's own words
 * @param operation the operation
 */
record Load(String words, Operation<?, ?> operation) {
    /**
     * The load for that pool's database.
     *
     * @param query what to run; empty for the cheapest read there is
     * @param writes whether it may write
     * @throws ConfigurationException if it may write and must not, or cannot be read
     */
    static Load of(Pool<?> pool, Optional<String> query, boolean writes) {
        if (pool instanceof PostgresPool || pool instanceof MySqlPool) {
            String text = query.orElse("select 1");
            return new Load(text, sql(text, writes));
        } else if (pool instanceof RedisPool || pool instanceof RedisClusterPool) {
            String text = query.orElse("PING");
            return new Load(text, RedisText.operation(pool, text, writes));
        } else if (pool instanceof MongoPool) {
            String text = query.orElse("{ping: 1}");
            return new Load(text, MongoText.operation(text, writes));
        }
        throw new ConfigurationException("uri must be that of a backend that bench knows, was one of "
                + pool.getClass().getSimpleName());
    }

    private static Operation<JdbcConnection, ?> sql(String text, boolean writes) {
        Operation<JdbcConnection, ?> query = Sql.query(text, row -> Boolean.TRUE);
        if (query.effect() == Effect.READ_ONLY) {
            return query;
        }
        refuseUnless(writes, text);
        String word = text.strip().split("\\W", 2)[0];
        return word.equalsIgnoreCase("select") || word.equalsIgnoreCase("with")
                ? Sql.writingQuery(text, java.util.List.of(), row -> Boolean.TRUE)
                : Sql.update(text);
    }

    static void refuseUnless(boolean writes, String text) {
        if (!writes) {
            throw new ConfigurationException("query must only read unless --writes is given, and may write: " + text);
        }
    }

    /** Makes one call on {@code lease}, which must be of the pool that the load was made for. */
    @SuppressWarnings("unchecked") // the load was made for this pool
    void call(Lease<?> lease) {
        Object unused = ((Lease<Connection>) lease).execute((Operation<Connection, Object>) operation);
    }
}
