package dev.cenote.mysql;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.CircuitContract;
import dev.cenote.testkit.servers.TestServers.Product;

class MariaDbCircuitTest extends CircuitContract<JdbcConnection, MySqlPool.Builder> {
    @Override
    protected Product product() {
        return Product.MARIADB;
    }

    @Override
    protected MySqlPool.Builder builder(String uri) {
        return MySqlPool.builder().uri(uri);
    }

    @Override
    protected Operation<JdbcConnection, ?> ping() {
        return Sql.query("select 1", row -> row.getInt(1));
    }
}
