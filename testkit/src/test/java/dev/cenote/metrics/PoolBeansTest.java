package dev.cenote.metrics;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** A pool, as JMX's own means see it. */
class PoolBeansTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final FakeDatabase database = new FakeDatabase();

    private FakePool pool(String name) {
        return FakePool.builder(database)
                .name(name)
                .jmx(true)
                .maxSize(3)
                .retry(RetryPolicy.exponential().build())
                .circuitBreaker(CircuitBreaker.builder().name("fakes").build())
                .build();
    }

    private static Object read(ObjectName bean, String attribute) throws Exception {
        return SERVER.getAttribute(bean, attribute);
    }

    /** {@code pool}, which hands out its listeners: a cluster's are told of its nodes too. */
    private static Pool<?> told(Pool<?> pool, List<PoolListener> listeners) {
        return (Pool<?>) Proxy.newProxyInstance(
                PoolBeansTest.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        listeners.add((PoolListener) arguments[0]);
                    }
                    return method.invoke(pool, arguments);
                });
    }

    @Test
    void aNodeThatLeavesItsClusterLeavesItsBean() {
        var listeners = new ArrayList<PoolListener>();
        try (FakePool pool = FakePool.builder(database).name("cluster").build()) {
            ObjectName bean = PoolBeans.register(told(pool, listeners));

            listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed("cluster/one:6379")));
            assertThat(SERVER.isRegistered(bean)).isTrue();

            listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed("cluster")));
            assertThat(SERVER.isRegistered(bean)).isFalse();
        }
    }

    @Test
    void aPoolTakenOutLeavesTheBeanOfItsSuccessor() {
        var listeners = new ArrayList<PoolListener>();
        try (FakePool first = FakePool.builder(database).name("heir").build();
                FakePool second = FakePool.builder(database).name("heir").build()) {
            ObjectName bean = PoolBeans.register(told(first, listeners));
            PoolBeans.unregister(bean);
            PoolBeans.register(second);
            first.close();
            listeners.forEach(each -> each.onEvent(new PoolEvent.PoolClosed("heir")));
            assertThat(SERVER.isRegistered(bean)).isTrue();
            second.close();
            assertThat(SERVER.isRegistered(bean)).isFalse();
        }
    }

    @Test
    void aClosedPoolIsNotRegistered() {
        FakePool pool = FakePool.builder(database).name("late").build();
        pool.close();
        assertThat(SERVER.isRegistered(PoolBeans.register(pool))).isFalse();
    }

    @Test
    void everyAttributeCanBeReadByTheTypesOfJmxAlone() throws Exception {
        try (FakePool pool = pool("jmx \"quoted\", odd=name");
                Lease<FakeConnection> lease = pool.acquire()) {
            lease.execute(whoAmI());
            ObjectName bean = PoolBeans.nameOf(pool.name());
            var unread = new ArrayList<String>();
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(bean).getAttributes()) {
                Object value = read(bean, attribute.getName());
                if (value == null || value.getClass().getName().startsWith("dev.cenote")) {
                    unread.add(attribute.getName());
                }
            }
            assertThat(unread).isEmpty();
            assertThat(read(bean, "Name")).isEqualTo(pool.name());
            assertThat(read(bean, "Leased")).isEqualTo(1);
            assertThat(read(bean, "MaxSize")).isEqualTo(3);
            assertThat(read(bean, "Health")).isEqualTo("UP");
            assertThat(read(bean, "Circuit")).isEqualTo("closed");
            assertThat(((TabularData) read(bean, "WaitMillis")).values()).hasSize(4);
            assertThat((String[]) read(bean, "Holders"))
                    .singleElement()
                    .asString()
                    .contains("whoAmI");
            assertThat((String) SERVER.invoke(bean, "report", null, null)).contains("holder: connection ");
        }
    }

    @Test
    void operationsActOnThePool() throws Exception {
        try (FakePool pool = pool("operated")) {
            ObjectName bean = PoolBeans.nameOf("operated");
            SERVER.invoke(bean, "pause", null, null);
            assertThat(pool.stats().state()).isEqualTo(PoolState.PAUSED);
            SERVER.invoke(bean, "ready", null, null);
            assertThat(pool.stats().state()).isEqualTo(PoolState.READY);
            long generation = pool.stats().generation();
            SERVER.invoke(bean, "clear", null, null);
            assertThat(pool.stats().generation()).isEqualTo(generation + 1);
            String[] ints = {"int", "int"};
            SERVER.invoke(bean, "resize", new Object[] {1, 2}, ints);
            until(pool, "it has its new bounds", stats -> stats.minSize() == 1 && stats.maxSize() == 2);
            assertThatThrownBy(() -> SERVER.invoke(bean, "resize", new Object[] {3, 2}, ints))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasRootCauseMessage("maxSize must be >= minSize (3), was 2");
            assertAtRest(pool);
        }
    }

    @Test
    void itIsThereAsLongAsThePoolIsOpen() throws Exception {
        ObjectName bean = PoolBeans.nameOf("mortal");
        for (int life = 0; life < 3; life++) {
            try (FakePool pool = pool("mortal")) {
                assertThat(read(bean, "State")).isEqualTo("READY");
                assertAtRest(pool);
            }
            assertThat(SERVER.isRegistered(bean)).isFalse();
        }
        assertThatThrownBy(() -> read(bean, "State")).isInstanceOf(InstanceNotFoundException.class);
        PoolBeans.unregister(bean);
    }

    @Test
    void twoOfOneNameAreRefusedAndTheSecondIsClosed() {
        try (FakePool pool = pool("twin")) {
            assertThatThrownBy(() -> pool("twin"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("name must be unique among the pools with jmx, was twin");
            assertThat(SERVER.isRegistered(PoolBeans.nameOf("twin"))).isTrue();
            assertAtRest(pool);
        }
    }

    @Test
    void withoutTheOptionThereIsNone() {
        try (FakePool pool = FakePool.builder(database).name("shy").build()) {
            assertThat(SERVER.isRegistered(PoolBeans.nameOf("shy"))).isFalse();
            assertAtRest(pool);
        }
    }

    @Test
    void itHasTheFiguresOfASnapshot() throws Exception {
        try (FakePool pool = pool("figures")) {
            List<String> attributes = Arrays.stream(
                            SERVER.getMBeanInfo(PoolBeans.nameOf("figures")).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toList();
            assertThat(attributes)
                    .contains("MinSize", "MaxSize", "Idle", "Leased", "Connecting", "Waiters", "Acquired", "Released")
                    .contains(
                            "TimedOut", "Shed", "Refused", "Created", "Closed", "ConnectFailures", "Leaks", "SlowUses")
                    .contains("ValidationFailures", "Failures", "WaitMillis", "UseMillis", "ConnectMillis", "Retries");
        }
    }
}
