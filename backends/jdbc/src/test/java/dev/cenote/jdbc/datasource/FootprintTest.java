package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Footprint;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written through a connection leaves its mark on the call, so that nobody makes it again because a later step failed. */
class FootprintTest {
    private final CenoteDataSource source = CenoteDataSource.builder()
            .url("jdbc:h2:mem:footprints;DB_CLOSE_DELAY=-1")
            .user("sa")
            .password("")
            .maxSize(1)
            .build();

    /** What a call does. */
    private interface Steps {
        void on(Connection connection) throws SQLException;
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = source.getConnection()) {
            run(connection, "create table if not exists written (id int primary key)");
            run(connection, "truncate table written");
        }
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(source.pool());
        source.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean hasWritten(Steps steps) throws Exception {
        var footprint = new Footprint();
        footprint.call(() -> {
            try (Connection connection = source.getConnection()) {
                steps.on(connection);
            }
            return null;
        });
        return footprint.hasWritten();
    }

    @Test
    void whatCommitsByItself() throws Exception {
        assertThat(hasWritten(connection -> run(connection, "insert into written values (1)")))
                .isTrue();
        assertThat(hasWritten(connection -> {
                    try (PreparedStatement insert = connection.prepareStatement("insert into written values (?)")) {
                        insert.setInt(1, 2);
                        insert.executeUpdate();
                    }
                }))
                .isTrue();
        assertThat(hasWritten(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("insert into written values (3)");
                        statement.executeBatch();
                    }
                }))
                .isTrue();
        assertThat(hasWritten(connection -> {
                    try (Statement statement = connection.createStatement(
                                    ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                            ResultSet rows = statement.executeQuery("select id from written where id = 3")) {
                        rows.next();
                        rows.updateInt(1, 4);
                        rows.updateRow();
                    }
                }))
                .isTrue();
    }

    @Test
    void whatOnlyReads() throws Exception {
        assertThat(hasWritten(connection -> run(connection, "select * from written")))
                .isFalse();
        assertThat(hasWritten(connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "select * from written");
                    connection.commit();
                }))
                .isFalse();
    }

    @Test
    void whatFailedAndIsUndone() throws Exception {
        assertThat(hasWritten(connection -> {
                    assertThatThrownBy(() -> run(connection, "insert into written values ('no number')"))
                            .isInstanceOf(SQLException.class);
                }))
                .isFalse();
        assertThat(hasWritten(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("insert into written values (7)");
                        statement.addBatch("insert into written values (7)");
                        assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
                    }
                }))
                .as("of a batch a part may have been applied")
                .isTrue();
    }

    @Test
    void aTransactionWritesAsItCommits() throws Exception {
        assertThat(hasWritten(connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into written values (5)");
                    connection.rollback();
                    run(connection, "insert into written values (5)"); // rolled back on return
                }))
                .isFalse();
        assertThat(hasWritten(connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into written values (5)");
                    connection.commit();
                }))
                .isTrue();
        assertThat(hasWritten(connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into written values (6)");
                    connection.setAutoCommit(true);
                }))
                .as("which commits")
                .isTrue();
        assertThat(hasWritten(connection -> {
                    connection.setAutoCommit(false);
                    run(connection, "insert into written values (8)");
                    run(connection, "commit");
                }))
                .as("by SQL")
                .isTrue();
    }

    /** A transaction that began before the call, and is committed in it. */
    @Test
    void whatWasBegunOutside() throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, "insert into written values (9)");
            var footprint = new Footprint();
            footprint.call(() -> {
                connection.commit();
                return null;
            });
            assertThat(footprint.hasWritten()).isTrue();
        }
    }
}
