package dev.cenote.cli.top;

import dev.cenote.metrics.PoolMXBean;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** The beans of another JVM whose pools were built with {@code jmx}. */
final class JmxSource implements Source {
    /** The environment's variable that holds the password. */
    static final String PASSWORD = "CENOTE_JMX_PASSWORD";

    private static final String BEANS = "dev.cenote:type=Pool,*";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String address;
    private final JMXConnector connector;
    private final Duration patience;
    private boolean silent;

    private JmxSource(String address, JMXConnector connector, Duration patience) {
        this.address = address;
        this.connector = connector;
        this.patience = patience;
    }

    /**
     * Connects to {@code HOST:PORT}, or to a service URL, as that user if one is named.
     *
     * @param password of that user; secret
     */
    static JmxSource connect(String address, @Nullable String user, @Nullable String password) throws Exception {
        if (user == null) {
            return connectWithin(address, Map.of(), PATIENCE);
        } else if (password == null) {
            throw new ConfigurationException(PASSWORD + " of the environment must hold the password of " + user);
        }
        return connectWithin(address, Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}), PATIENCE);
    }

    @SuppressWarnings("BanJNDI") // what JMX's usual address is; whoever runs the command names the JVM he trusts
    static JmxSource connectWithin(String address, Map<String, ?> environment, Duration patience) throws Exception {
        if (!address.startsWith("service:") && !address.matches("[^/\\s]+:[0-9]+")) {
            throw new ConfigurationException("jmx must be HOST:PORT or a service URL, was " + PoolUri.mask(address));
        }
        String url = address.startsWith("service:") ? address : "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi";
        var service = new JMXServiceURL(url);
        try {
            JMXConnector connector = Bounded.call(patience, () -> JMXConnectorFactory.connect(service, environment));
            return new JmxSource(address, connector, patience);
        } catch (TimeoutException silent) {
            throw new CenoteException(
                    "cannot connect to " + address + ": no answer within " + patience.toMillis()
                            + " ms; does that JVM serve JMX there?",
                    silent);
        } catch (SecurityException refused) {
            throw new CenoteException(
                    "cannot connect to " + address + ": " + CenoteException.describe(refused)
                            + "; give --user, and the password in " + PASSWORD,
                    refused);
        } catch (IOException failure) {
            String reason = CenoteException.describe(failure);
            throw new CenoteException(
                    "cannot connect to " + address + ": " + reason + "; does that JVM serve JMX there?", failure);
        }
    }

    @Override
    public String name() {
        return address;
    }

    @Override
    public List<PoolRow> read() throws Exception {
        try {
            return Bounded.call(patience, this::rows);
        } catch (TimeoutException stuck) {
            silent = true;
            throw new CenoteException(
                    address + " has not answered within " + patience.toMillis() + " ms when its beans were read",
                    stuck);
        }
    }

    private List<PoolRow> rows() throws IOException {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        var rows = new ArrayList<PoolRow>();
        try {
            for (ObjectName name : server.queryNames(new ObjectName(BEANS), null)) {
                row(server, name).ifPresent(rows::add);
            }
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(BEANS, impossible);
        }
        rows.sort(Comparator.comparing(PoolRow::name));
        return rows;
    }

    /** Empty if the pool was closed since its name was read. */
    private static Optional<PoolRow> row(MBeanServerConnection server, ObjectName name) throws IOException {
        try {
            return Optional.of(row(JMX.newMXBeanProxy(server, name, PoolMXBean.class)));
        } catch (UndeclaredThrowableException failure) {
            if (failure.getUndeclaredThrowable() instanceof InstanceNotFoundException) {
                return Optional.empty();
            }
            throw new IOException("the beans could not be read", failure.getUndeclaredThrowable());
        }
    }

    private static PoolRow row(PoolMXBean pool) {
        return new PoolRow(
                pool.getName(),
                pool.getState(),
                pool.getHealth(),
                pool.getHealthReason(),
                new PoolRow.Sizes(
                        pool.getLeased(), pool.getIdle(), pool.getConnecting(), pool.getMaxSize(), pool.getWaiters()),
                new PoolRow.Totals(
                        pool.getAcquired(),
                        pool.getTimedOut(),
                        pool.getFailures().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        pool.getCreated()),
                p99(pool.getWaitMillis()),
                p99(pool.getUseMillis()),
                Optional.ofNullable(pool.getCircuit()),
                List.copyOf(pool.getSuspicions()));
    }

    private static Optional<Double> p99(Map<String, Double> distribution) {
        return Optional.ofNullable(distribution.get("p99"));
    }

    @Override
    public void close() throws Exception {
        if (silent) {
            return; // would not be answered either
        }
        try {
            Bounded.call(patience, () -> {
                connector.close();
                return true;
            });
        } catch (TimeoutException | IOException gone) {
            // nothing is left to close
        }
    }
}
