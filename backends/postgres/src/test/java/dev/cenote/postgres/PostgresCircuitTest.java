package dev.cenote.postgres;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.CircuitContract;
import dev.cenote.testkit.servers.TestServers.Product;

class PostgresCircuitTest extends CircuitContract<JdbcConnection, PostgresPool.Builder> {
    @Override
    protected Product product() {
        return Product.POSTGRES;
    }

    @Override
    protected PostgresPool.Builder builder(String uri) {
        return PostgresPool.builder().uri(uri);
    }

    @Override
    protected Operation<JdbcConnection, ?> ping() {
        return Sql.query("select 1", row -> row.getInt(1));
    }
}
