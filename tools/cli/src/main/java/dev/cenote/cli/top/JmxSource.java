package dev.cenote.cli.top;

import dev.cenote.metrics.PoolMXBean;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The beans of another JVM whose pools were built with {@code jmx}. */
final class JmxSource implements Source {
    private static final String BEANS = "dev.cenote:type=Pool,*";

    private final String address;
    private final JMXConnector connector;

    private JmxSource(String address, JMXConnector connector) {
        this.address = address;
        this.connector = connector;
    }

    /** Connects to {@code HOST:PORT}, or to a service URL. */
    @SuppressWarnings("BanJNDI") // what JMX's usual address is; whoever runs the command names the JVM he trusts
    static JmxSource connect(String address) throws IOException {
        if (!address.startsWith("service:") && !address.matches("[^/\\s]+:[0-9]+")) {
            throw new ConfigurationException("jmx must be HOST:PORT or a service URL, was " + address);
        }
        String url = address.startsWith("service:") ? address : "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi";
        var service = new JMXServiceURL(url);
        try {
            return new JmxSource(address, JMXConnectorFactory.connect(service));
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
    public List<PoolRow> read() throws IOException {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        var rows = new ArrayList<PoolRow>();
        try {
            for (ObjectName name : server.queryNames(new ObjectName(BEANS), null)) {
                rows.add(row(JMX.newMXBeanProxy(server, name, PoolMXBean.class)));
            }
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(BEANS, impossible);
        } catch (UndeclaredThrowableException gone) {
            throw new IOException("the beans could not be read", gone.getUndeclaredThrowable());
        }
        rows.sort(Comparator.comparing(PoolRow::name));
        return rows;
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
    public void close() throws IOException {
        connector.close();
    }
}
