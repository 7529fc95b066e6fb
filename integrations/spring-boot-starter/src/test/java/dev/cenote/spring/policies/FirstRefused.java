package dev.cenote.spring.policies;

import dev.cenote.protocols.errors.PoolClearedException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Refuses its first connection, as when the pool is cleared while a caller waits. */
final class FirstRefused extends DelegatingDataSource {
    private boolean refused;

    FirstRefused(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!refused) {
            refused = true;
            throw new SQLException("no connection", new PoolClearedException("orders", "cleared"));
        }
        return super.getConnection();
    }
}
