package dev.cenote.postgres;

import dev.cenote.jdbc.Dialect;
import dev.cenote.jdbc.HostCircuits;
import dev.cenote.jdbc.JdbcConnector;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections with pgjdbc. */
final class PostgresConnector extends JdbcConnector {
    /** What pgjdbc takes for a preference, and the kind of server that it means. */
    private static final Map<String, String> PREFERENCES =
            Map.of("preferSecondary", "secondary", "preferSlave", "secondary", "preferPrimary", "primary");

    /** What pgjdbc's message ends with when the server is not of the kind that was wanted. */
    private static final List<String> KINDS = List.of(": primary", ": master", ": secondary", ": slave");

    private final Driver driver = new Driver();
    private final PostgresParameters parameters;
    private final Dialect dialect;
    private final HostCircuits circuits;

    PostgresConnector(PostgresParameters parameters, ResetPolicy resetPolicy) {
        this(parameters, resetPolicy, HostCircuits.none());
    }

    PostgresConnector(PostgresParameters parameters, ResetPolicy resetPolicy, HostCircuits circuits) {
        super(resetPolicy);
        this.parameters = parameters;
        this.dialect = new PostgresDialect(parameters.properties());
        this.circuits = circuits;
    }

    @Override
    public Database database() {
        return parameters.database();
    }

    /** Of the wrong kind, to which pgjdbc gives the code of one that cannot be reached; or it refused for good. */
    static boolean hasAnswered(SQLException failure) {
        boolean wrongKind =
                failure.getCause() == null && KINDS.stream().anyMatch(String.valueOf(failure.getMessage())::endsWith);
        return wrongKind || new PostgresClassifier().isPermanentAtConnect(failure);
    }

    /** Of several hosts pgjdbc chooses by itself, unless they have circuits, which it could not ask. */
    @Override
    protected Connection connect(Deadline deadline) throws SQLException {
        return circuits.isEmpty()
                ? connect(parameters.url(), parameters.copy(), deadline, 1)
                : connectByCircuits(deadline);
    }

    /** Asks one host after another; where one kind of server is preferred, all for that kind first. */
    private Connection connectByCircuits(Deadline deadline) throws SQLException {
        String wanted = PGProperty.TARGET_SERVER_TYPE.getOrDefault(parameters.properties());
        Optional<String> preferred = PREFERENCES.entrySet().stream()
                .filter(preference -> preference.getKey().equalsIgnoreCase(wanted))
                .map(Map.Entry::getValue)
                .findFirst();
        if (preferred.isEmpty()) {
            return connectToOne(deadline, wanted, 1);
        }
        try {
            return connectToOne(deadline, preferred.get(), 2);
        } catch (SQLException none) {
            try {
                return connectToOne(deadline, "any", 1);
            } catch (SQLException failure) {
                failure.addSuppressed(none);
                throw failure;
            }
        }
    }

    private Connection connectToOne(Deadline deadline, @Nullable String serverType, int rounds) throws SQLException {
        List<Integer> order = order();
        SQLException first = null;
        for (int i = 0; i < order.size(); i++) {
            int host = order.get(i);
            Properties properties = parameters.copy();
            if (serverType != null) {
                PGProperty.TARGET_SERVER_TYPE.set(properties, serverType);
            }
            int stepsLeft = order.size() * rounds - i;
            try {
                return circuits.connect(
                        host, () -> connect(parameters.hostUrls().get(host), properties, deadline, stepsLeft));
            } catch (SQLException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        throw first == null ? new SQLException("no host is named") : first;
    }

    private List<Integer> order() {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < parameters.hostUrls().size(); i++) {
            order.add(i);
        }
        if (PGProperty.LOAD_BALANCE_HOSTS.getBoolean(parameters.properties())) {
            Collections.shuffle(order);
        }
        return order;
    }

    /**
     * pgjdbc's socket time-outs are whole seconds, and for one step only. Its login time-out bounds the whole and takes
     * fractions; the thread that it starts for this ends by the others. What time remains is shared among the steps that
     * remain.
     */
    private Connection connect(String url, Properties properties, Deadline deadline, int stepsLeft)
            throws SQLException {
        if (deadline.isLimited()) {
            int millis = Math.max(1, deadline.remainingMillis(Integer.MAX_VALUE / 2) / stepsLeft);
            int seconds = (millis + 999) / 1000;
            PGProperty.LOGIN_TIMEOUT.set(properties, String.format(Locale.ROOT, "%.3f", millis / 1000.0));
            PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
            PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        }
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("pgjdbc does not take the URL " + url);
        }
        return connection;
    }

    @Override
    protected Dialect dialect(Connection connection) {
        return dialect;
    }

    @Override
    public String toString() {
        return "PostgresConnector[" + parameters + "]";
    }
}
