package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKey;
import org.jspecify.annotations.Nullable;

/** Asks a data source for a connection, in the way that JDBC 4.3 has for it. Not thread-safe. */
final class ConnectionRequest implements ConnectionBuilder {
    private final CenoteDataSource source;
    private @Nullable String user;
    private @Nullable String password;
    private boolean named;
    private boolean sharded;

    ConnectionRequest(CenoteDataSource source) {
        this.source = source;
    }

    @Override
    public ConnectionBuilder user(@Nullable String username) {
        user = username;
        named = true;
        return this;
    }

    @Override
    public ConnectionBuilder password(@Nullable String secret) {
        password = secret;
        named = true;
        return this;
    }

    @Override
    public ConnectionBuilder shardingKey(@Nullable ShardingKey key) {
        sharded |= key != null;
        return this;
    }

    @Override
    public ConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
        sharded |= key != null;
        return this;
    }

    @Override
    public Connection build() throws SQLException {
        if (sharded) {
            throw new SQLFeatureNotSupportedException(
                    "pool " + source.name() + " has connections of one kind only: it knows no sharding keys");
        }
        return named ? source.getConnection(user, password) : source.getConnection();
    }
}
