package dev.cenote.postgres;

import static dev.cenote.jdbc.Sql.query;
import static dev.cenote.jdbc.Sql.update;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.ledger.LedgerContract;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class PostgresLedgerTest extends LedgerContract<JdbcConnection, PostgresPool.Builder> {
    @Override
    protected Product product() {
        return Product.POSTGRES;
    }

    @Override
    protected PostgresPool.Builder builder(String uri) {
        return PostgresPool.builder().uri(uri);
    }

    @Override
    protected void prepare(ResilientPool<JdbcConnection> pool, int counters) {
        pool.execute(update("create table counter (id int primary key, n bigint)"));
        pool.execute(update("insert into counter select i, 0 from generate_series(0, ?) i", List.of(counters + 1)));
        pool.execute(update("create table ledger (id text)"));
    }

    @Override
    protected Operation<JdbcConnection, Long> increment(int counter) {
        return update("update counter set n = n + 1 where id = ?", List.of(counter));
    }

    @Override
    protected Operation<JdbcConnection, Long> insert(String row) {
        return update("insert into ledger values (?)", List.of(row));
    }

    @Override
    protected Map<Integer, Long> counters(ResilientPool<JdbcConnection> pool, int counters) {
        return pool
                .execute(query("select id, n from counter", row -> Map.entry(row.getInt(1), row.getLong(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    protected Map<String, Long> rows(ResilientPool<JdbcConnection> pool) {
        return pool
                .execute(query(
                        "select id, count(*) from ledger group by id",
                        row -> Map.entry(row.getString(1), row.getLong(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    protected boolean hasTransactions() {
        return true;
    }
}
