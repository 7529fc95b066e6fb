package dev.cenote.metrics;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Registers pools with JMX, each as {@code dev.cenote:type=Pool,name="orders"}. Builders do so where their option {@code jmx}
 * is set.
 */
public final class PoolBeans {
    private static final System.Logger LOG = System.getLogger("dev.cenote.metrics");

    private static final Map<ObjectName, Leave> REGISTERED = new ConcurrentHashMap<>();

    private PoolBeans() {}

    /**
     * Registers {@code pool} with the platform's server, until it is closed; a closed one not at all.
     *
     * @return the bean's name, to {@link #unregister} it earlier
     * @throws ConfigurationException if a pool of that name is registered already
     */
    public static ObjectName register(Pool<?> pool) {
        ObjectName name = nameOf(pool.name());
        try {
            server().registerMBean(new StandardMBean(new PoolBean(pool), PoolMXBean.class, true), name);
        } catch (InstanceAlreadyExistsException taken) {
            throw new ConfigurationException("name must be unique among the pools with jmx, was " + pool.name());
        } catch (JMException refused) {
            throw new ConfigurationException("pool " + pool.name() + " cannot be registered with JMX", refused);
        }
        var leave = new Leave(pool, name);
        REGISTERED.put(name, leave);
        pool.addListener(leave);
        if (pool.stats().state() == PoolState.CLOSED) { // before it could tell
            leave.leave();
        }
        return name;
    }

    /** Takes a bean out again; does nothing if it is not registered. */
    public static void unregister(ObjectName name) {
        Leave leave = REGISTERED.remove(name);
        if (leave != null) {
            leave.pool.removeListener(leave);
        }
        takeOut(name);
    }

    private static void takeOut(ObjectName name) {
        try {
            server().unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            // nothing to do
        } catch (JMException refused) {
            LOG.log(System.Logger.Level.WARNING, "cannot unregister " + name, refused);
        }
    }

    /** The name under which a pool of that name is registered. */
    public static ObjectName nameOf(String pool) {
        try {
            return new ObjectName("dev.cenote:type=Pool,name=" + ObjectName.quote(pool));
        } catch (MalformedObjectNameException impossible) { // it is quoted
            throw new IllegalArgumentException(impossible);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Takes the bean out when its pool is closed. */
    private static final class Leave implements PoolListener {
        private final Pool<?> pool;
        private final ObjectName name;

        Leave(Pool<?> pool, ObjectName name) {
            this.pool = pool;
            this.name = name;
        }

        /** Only its own: another pool may have the name by now. */
        void leave() {
            if (REGISTERED.remove(name, this)) {
                takeOut(name);
            }
        }

        @Override
        public void onEvent(PoolEvent event) {
            // and not the pool of a node, which leaves its cluster
            if (event instanceof PoolEvent.PoolClosed closed && closed.pool().equals(pool.name())) {
                leave();
            }
        }

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        /** A pool of the same name may follow at once. */
        @Override
        public boolean isDirect() {
            return true;
        }
    }
}
