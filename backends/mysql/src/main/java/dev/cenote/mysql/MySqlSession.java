package dev.cenote.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a driver made of a session when it connected, and how to make it so again. The server's own reset falls back to
 * the server's defaults, which loses what the driver relies on: seen were the character set (so that text would be stored
 * garbled), the SQL mode, the time zone and the settings by {@code sessionVariables}. It does not restore the database.
 *
 * @param database the database, or null for none
 * @param restore the statement that sets the variables
 */
record MySqlSession(@Nullable String database, String restore) {
    /** What the drivers set, or rely on. First what is tracked, so that the driver sees the others change. */
    private static final List<String> VARIABLES = List.of(
            "session_track_system_variables",
            "character_set_client",
            "character_set_connection",
            "character_set_results",
            "collation_connection",
            "sql_mode",
            "time_zone",
            "transaction_isolation",
            "tx_isolation");

    private record Variable(String name, String value) {
        /** {@code character_set_results} is shown empty where it is NULL. */
        String assignment() {
            boolean isNull = value.isEmpty() && name.equals("character_set_results");
            return "SESSION " + name + "=" + (isNull ? "NULL" : literal());
        }

        private String literal() {
            boolean number = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
            return number ? value : "'" + value.replace("'", "''") + "'";
        }
    }

    /** Reads a session that was just opened. Costs a round trip. */
    static MySqlSession of(Connection connection, Collection<String> alsoSet) throws SQLException {
        var found = new ArrayList<Variable>();
        var names = new TreeSet<>(VARIABLES);
        names.addAll(alsoSet);
        String list = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SHOW SESSION VARIABLES WHERE Variable_name IN (" + list + ")")) {
            while (result.next()) {
                found.add(new Variable(result.getString(1), result.getString(2)));
            }
        }
        found.removeIf(variable -> variable.name().equals("tx_isolation")
                && found.stream().anyMatch(other -> other.name().equals("transaction_isolation")));
        found.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        String assignments = found.stream().map(Variable::assignment).collect(Collectors.joining(", "));
        return new MySqlSession(connection.getCatalog(), "SET " + assignments);
    }

    private static int rank(Variable variable) {
        int index = VARIABLES.indexOf(variable.name());
        return index < 0 ? VARIABLES.size() : index;
    }
}
