package dev.cenote.opentelemetry;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;

class PostgresSpanTest extends SpanContract<JdbcConnection> {
    @Override
    Product product() {
        return Product.POSTGRES;
    }

    @Override
    PostgresPool.Builder builder(String uri) {
        return PostgresPool.builder().uri(uri);
    }

    @Override
    Operation<JdbcConnection, ?> good() {
        return Sql.query("select relname from pg_class where relname = ?", List.of(SECRET), row -> row.getString(1));
    }

    @Override
    Operation<JdbcConnection, ?> bad() {
        return Sql.query("selec '" + SECRET + "' from orders", row -> row.getInt(1));
    }

    @Override
    String title() {
        return "query pg_class";
    }

    @Override
    Map<String, Object> described() {
        return Map.of(
                "db.system.name", "postgresql",
                "db.namespace", "postgres",
                "db.operation.name", "query",
                "db.collection.name", "pg_class");
    }

    @Override
    String statusCode() {
        return "42601";
    }
}
