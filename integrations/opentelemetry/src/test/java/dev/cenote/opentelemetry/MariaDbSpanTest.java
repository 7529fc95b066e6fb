package dev.cenote.opentelemetry;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;

class MariaDbSpanTest extends SpanContract<JdbcConnection> {
    @Override
    Product product() {
        return Product.MARIADB;
    }

    @Override
    MySqlPool.Builder builder(String uri) {
        return MySqlPool.builder().uri(uri);
    }

    @Override
    Operation<JdbcConnection, ?> good() {
        return Sql.query(
                "select table_name from information_schema.tables where table_name = ?",
                List.of(SECRET),
                row -> row.getString(1));
    }

    @Override
    Operation<JdbcConnection, ?> bad() {
        return Sql.query("selec '" + SECRET + "' from orders", row -> row.getInt(1));
    }

    @Override
    String title() {
        return "query information_schema.tables";
    }

    @Override
    Map<String, Object> described() {
        return Map.of(
                "db.system.name", "mariadb",
                "db.namespace", "test",
                "db.operation.name", "query",
                "db.collection.name", "information_schema.tables");
    }

    @Override
    String statusCode() {
        return "1064";
    }
}
