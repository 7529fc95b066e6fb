package dev.cenote.benchmarks.subjects;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.openjdk.jmh.infra.Blackhole;

/** A pool that is a {@link DataSource}. */
public final class DataSourceSubject implements Subject {
    private final DataSource pool;
    private final AutoCloseable closing;

    DataSourceSubject(DataSource pool, AutoCloseable closing) {
        this.pool = pool;
        this.closing = closing;
    }

    @Override
    public void cycle(Blackhole blackhole) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            blackhole.consume(connection);
        }
    }

    @Override
    public Connection acquire() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void release(Object held) throws SQLException {
        ((Connection) held).close();
    }

    @Override
    public void close() throws Exception {
        closing.close();
    }
}
