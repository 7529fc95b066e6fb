package dev.cenote.examples.persistence;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import javax.sql.DataSource;

/** JDBC alone: keys that the database generates, a transaction, a function that is called. */
public final class PlainJdbc {
    private PlainJdbc() {}

    /** Inserts an order with its lines, all or nothing, and gives its key. */
    public static long order(DataSource source, String customer, int... prices) throws SQLException {
        // begin transaction
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false); // restored by the pool
            long order = insertOrder(connection, customer);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into order_lines (order_id, price) values (?, ?)")) {
                for (int price : prices) {
                    insert.setLong(1, order);
                    insert.setInt(2, price);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit(); // what was not committed is rolled back by close()
            return order;
        }
        // end transaction
    }

    private static long insertOrder(Connection connection, String customer) throws SQLException {
        // begin generatedKey
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into orders (customer) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, customer);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong("id");
            }
        }
        // end generatedKey
    }

    /** What an order costs, as a function of the database has it. */
    public static long total(DataSource source, long order) throws SQLException {
        // begin call
        try (Connection connection = source.getConnection();
                CallableStatement call = connection.prepareCall("{? = call order_total(?)}")) {
            call.registerOutParameter(1, Types.BIGINT);
            call.setLong(2, order);
            call.execute();
            return call.getLong(1);
        }
        // end call
    }
}
