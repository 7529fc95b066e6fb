package dev.cenote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolRegistryTest {
    private final List<String> closed = new ArrayList<>();
    private final PoolRegistry registry = new PoolRegistry();

    /** A pool of a type of its own, to ask for by type. */
    interface OrdersPool extends Pool<Connection> {}

    @Test
    void keepsAPoolUnderItsOwnNameOrAnother() {
        OrdersPool orders = registry.register(pool("orders"));
        registry.register("reports", orders);

        assertThat(registry.get("orders")).isSameAs(orders);
        assertThat(registry.get("reports", OrdersPool.class)).isSameAs(orders);
        assertThat(registry.all()).containsOnlyKeys("orders", "reports");
    }

    @Test
    void takenNameIsRefusedAndTheFirstPoolStays() {
        OrdersPool first = registry.register(pool("orders"));

        assertThatThrownBy(() -> registry.register(pool("orders")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pool name must be unique, orders is registered already");
        assertThat(registry.get("orders")).isSameAs(first);
    }

    @Test
    void unknownNameIsToldTogetherWithTheKnownOnes() {
        registry.register(pool("orders"));
        registry.register(pool("cache"));

        assertThatThrownBy(() -> registry.get("users"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pool name must be one of [cache, orders], was users");
    }

    @Test
    void wrongTypeIsRefused() {
        OrdersPool orders = registry.register(pool("orders"));

        assertThatThrownBy(() -> registry.get("orders", Unrelated.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pool orders must be a Unrelated, was a "
                        + orders.getClass().getSimpleName());
    }

    interface Unrelated extends Pool<Connection> {}

    @Test
    void unregisteredPoolStaysOpen() {
        OrdersPool orders = registry.register(pool("orders"));

        assertThat(registry.unregister("orders")).isSameAs(orders);
        registry.close();

        assertThat(closed).isEmpty();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void aPoolIsNoLongerKeptUnderAnyName() {
        OrdersPool orders = registry.register(pool("orders"));
        registry.register("reports", orders);
        registry.register(pool("cache"));

        registry.unregister(orders);
        registry.unregister(orders);

        assertThat(registry.all()).containsOnlyKeys("cache");
    }

    @Test
    void listenersAreToldOfWhatIsThereAndOfWhatComes() {
        var told = new ArrayList<String>();
        registry.register(pool("orders"));
        registry.onRegister(pool -> told.add(pool.name()));
        assertThat(told).containsExactly("orders");

        registry.register(pool("cache"));
        assertThat(told).containsExactly("orders", "cache");

        assertThatThrownBy(() -> registry.register(pool("cache"))).isInstanceOf(ConfigurationException.class);
        assertThat(told).as("a pool that is refused").containsExactly("orders", "cache");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        var told = new ArrayList<String>();
        registry.onRegister(pool -> {
            throw new IllegalStateException(pool.name());
        });
        registry.onRegister(pool -> told.add(pool.name()));

        OrdersPool orders = registry.register(pool("orders"));

        assertThat(registry.get("orders")).isSameAs(orders);
        assertThat(told).containsExactly("orders");
    }

    @Test
    void whatAListenerThrowsAtAPoolThatIsThereFlowsOut() {
        registry.register(pool("orders"));

        assertThatThrownBy(() -> registry.onRegister(pool -> {
                    throw new IllegalStateException(pool.name());
                }))
                .hasMessage("orders");
    }

    @Test
    void closeClosesAllThoughSomeThrow() {
        registry.register(failing("a"));
        registry.register(pool("b"));
        registry.register(failing("c"));
        registry.register(pool("d"));

        Throwable thrown = catchThrowable(registry::close);

        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("a");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasMessage("c"));
        assertThat(closed).containsExactly("a", "b", "c", "d");
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void closingAgainClosesNothingTwice() {
        registry.register(pool("orders"));

        registry.close();
        registry.close();

        assertThat(closed).containsExactly("orders");
    }

    private OrdersPool pool(String name) {
        return pool(name, () -> {});
    }

    private OrdersPool failing(String name) {
        return pool(name, () -> {
            throw new IllegalStateException(name);
        });
    }

    private OrdersPool pool(String name, Runnable onClose) {
        return (OrdersPool) Proxy.newProxyInstance(
                PoolRegistryTest.class.getClassLoader(),
                new Class<?>[] {OrdersPool.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "name" -> name;
                    case "equals" -> proxy == args[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> name;
                    case "close" -> {
                        closed.add(name);
                        onClose.run();
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
