package dev.cenote.decorators.annotations;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes an implementation of an interface whose annotated methods have policies round them.
 *
 * <pre>{@code
 * @CircuitBreaker(name = "orders")
 * interface Orders {
 *     @ReadOnly
 *     @Retry(name = "orders", fallbackMethod = "unknown")
 *     @WithDeadline("2s")
 *     Optional<Order> find(long id);
 *
 *     CompletionStage<Void> place(Order order);     // a write: tried again only if it never ran
 *
 *     default Optional<Order> unknown(long id, CircuitOpenException open) {
 *         return Optional.empty();
 *     }
 * }
 *
 * Orders orders = DecoratedProxy.of(Orders.class, new JdbcOrders(pool))
 *         .retry("orders", policy)
 *         .circuitBreaker("orders", breaker)
 *         .build();
 * }</pre>
 *
 * <p>Policies are put together in the order that {@link dev.cenote.decorators.Decorators} documents. A method may give a
 * plain value or nothing, an {@link java.util.Optional}, a {@link java.util.concurrent.CompletionStage} or {@link
 * java.util.concurrent.CompletableFuture}, or a {@link java.util.concurrent.Flow.Publisher}, each of whose subscriptions is
 * a call: it is tried again only as long as it has given no element. A method that does its work after it has returned in
 * another way, as with a {@code Stream}, cannot be decorated.
 *
 * <p>A fallback method belongs to the same interface, gives the same type, and takes the parameters of the method and, if
 * it likes, one more for the error. Of several with the name the one whose error is nearest answers; where none fits, the
 * error flows out.
 *
 * <p>Whatever is wrong with an annotation is told by {@link #build()}, never by a call. Not thread-safe; the proxies are as
 * thread-safe as what they stand for.
 *
 * @param <T> the interface
 */
public final class DecoratedProxy<T> {
    private final Class<T> type;
    private final T target;
    private final Map<String, dev.cenote.retry.Retry> retries = new HashMap<>();
    private final Map<String, Circuit> circuits = new HashMap<>();
    private final Map<String, dev.cenote.decorators.Bulkhead> bulkheads = new HashMap<>();
    private TimeSource clock = TimeSource.system();

    private DecoratedProxy(Class<T> type, T target) {
        this.type = type;
        this.target = target;
    }

    /**
     * A builder of a proxy for {@code target}.
     *
     * @throws ConfigurationException unless {@code type} is an interface
     */
    public static <T> DecoratedProxy<T> of(Class<T> type, T target) {
        if (!type.isInterface()) {
            throw new ConfigurationException("type must be an interface, was " + type.getName());
        }
        return new DecoratedProxy<>(type, Objects.requireNonNull(target, "target"));
    }

    /** The policy of that name. */
    public DecoratedProxy<T> retry(String name, dev.cenote.retry.Retry retry) {
        retries.put(name, Objects.requireNonNull(retry, "retry"));
        return this;
    }

    /** The circuit of that name. */
    public DecoratedProxy<T> circuitBreaker(String name, Circuit circuit) {
        circuits.put(name, Objects.requireNonNull(circuit, "circuit"));
        return this;
    }

    /** The bulkhead of that name. */
    public DecoratedProxy<T> bulkhead(String name, dev.cenote.decorators.Bulkhead bulkhead) {
        bulkheads.put(name, Objects.requireNonNull(bulkhead, "bulkhead"));
        return this;
    }

    /** The clock for deadlines. Default the machine's. */
    public DecoratedProxy<T> clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * The proxy.
     *
     * @throws ConfigurationException if an annotation names what was not given, has a malformed value, or stands on a method
     *     that cannot be decorated; says which method and why
     */
    public T build() {
        var policies = new NamedPolicies(retries, circuits, bulkheads, clock);
        var plans = new HashMap<Method, MethodPlan>();
        for (Method method : type.getMethods()) {
            if (!method.trySetAccessible() && !Modifier.isPublic(type.getModifiers())) {
                throw new ConfigurationException(
                        type.getName() + " must be public, or its package open to the module dev.cenote.core");
            }
            plans.put(method, MethodPlan.of(type, method, policies));
        }
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new Invocations(target, Map.copyOf(plans)));
        return type.cast(proxy);
    }
}
