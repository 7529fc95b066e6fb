package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static dev.cenote.postgres.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of a {@code refcursor}, which pgjdbc gives as an object, do not lead past the pool. */
class RefCursorTest {
    private static CenoteDataSource source;

    @BeforeAll
    static void create() throws SQLException {
        source = DataSources.cenote(DataSources.url()).autoCommit(false).build();
        try (Connection connection = source.getConnection()) {
            run(
                    connection,
                    "create or replace function three_rows() returns refcursor language plpgsql as $$"
                            + " declare rows refcursor := 'three';"
                            + " begin open rows for select generate_series(1, 3); return rows; end $$");
            connection.commit();
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        try (Connection connection = source.getConnection()) {
            run(connection, "drop function three_rows()");
            connection.commit();
        }
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    private static void assertOfThePool(ResultSet cursor, Connection connection) throws SQLException {
        assertThat(cursor.getClass().getName()).startsWith("dev.cenote.");
        assertThat(cursor.getStatement().getConnection()).isSameAs(connection);
        int rows = 0;
        while (cursor.next()) {
            assertThat(cursor.getInt(1)).isEqualTo(++rows);
        }
        assertThat(rows).isEqualTo(3);
    }

    @Test
    void ofACalledFunction() throws SQLException {
        ResultSet left;
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("{? = call three_rows()}")) {
            call.registerOutParameter(1, Types.REF_CURSOR);
            call.execute();
            left = (ResultSet) call.getObject(1);
            assertOfThePool(left, connection);
        }
        assertThat(left.isClosed()).isTrue();
        assertThatThrownBy(left::next).isInstanceOf(SQLException.class);
    }

    @Test
    void ofAColumn() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select three_rows() as cursor")) {
            assertThat(row.next()).isTrue();
            try (ResultSet cursor = (ResultSet) row.getObject("cursor")) {
                assertOfThePool(cursor, connection);
            }
            assertThat(row.getString(1)).isEqualTo("three");
        }
    }

    /** Its name is known, its rows are gone with the transaction: an error of the statement's, which keeps the connection. */
    @Test
    void thatIsGone() throws SQLException {
        long created = source.pool().stats().created();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select three_rows()")) {
            assertThat(row.next()).isTrue();
            connection.commit();
            assertThatThrownBy(() -> row.getObject(1)).isInstanceOfSatisfying(SQLException.class, failure -> {
                assertThat(failure.getSQLState()).isEqualTo("34000");
                assertThat(CenoteDataSource.verdictOn(failure)).isPresent();
            });
        }
        try (Connection connection = source.getConnection()) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
        assertThat(source.pool().stats().created()).isEqualTo(Math.max(created, 1));
    }
}
