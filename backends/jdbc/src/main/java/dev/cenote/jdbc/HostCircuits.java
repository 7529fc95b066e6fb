package dev.cenote.jdbc;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The circuits of a pool's hosts, by their place in its list: a host whose circuit is open is not asked. Connects alone feed
 * them; a server that refuses a wrong password has answered. Thread-safe.
 */
public final class HostCircuits {
    private final List<Circuit> circuits;
    private final Predicate<SQLException> hasAnswered;

    /**
     * Those of a pool.
     *
     * @param circuits one for each host; none where hosts have none
     * @param hasAnswered says of a failed connect whether the server is well all the same
     */
    public HostCircuits(List<? extends Circuit> circuits, Predicate<SQLException> hasAnswered) {
        this.circuits = List.copyOf(circuits);
        this.hasAnswered = hasAnswered;
    }

    /** None. */
    public static HostCircuits none() {
        return new HostCircuits(List.of(), failure -> false);
    }

    /** True if there are none. */
    public boolean isEmpty() {
        return circuits.isEmpty();
    }

    /** A connect to one host. */
    @FunctionalInterface
    public interface Connect {
        /** Opens a connection with the driver. */
        Connection open() throws SQLException;
    }

    /**
     * Connects to a host, if its circuit lets that happen.
     *
     * @throws SQLException what {@code connect} throws, or that the circuit refused, with SQLSTATE 08001
     */
    public Connection connect(int host, Connect connect) throws SQLException {
        if (circuits.isEmpty()) {
            return connect.open();
        }
        Permit permit;
        try {
            permit = circuits.get(host).acquire();
        } catch (CircuitOpenException refused) {
            throw new SQLException(refused.getMessage(), "08001", refused);
        }
        Connection connection;
        try {
            connection = connect.open();
        } catch (Throwable failure) {
            settle(permit, failure);
            throw failure;
        }
        permit.success();
        return connection;
    }

    private void settle(Permit permit, Throwable failure) {
        if (failure instanceof Error) {
            permit.ignored();
        } else if (failure instanceof SQLException sql && hasAnswered.test(sql)) {
            permit.success();
        } else {
            permit.failure(failure);
        }
    }
}
