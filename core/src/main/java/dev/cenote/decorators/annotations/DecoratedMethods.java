package dev.cenote.decorators.annotations;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.TimeSource;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of methods ask for, for frameworks that intercept calls by other means than a {@link
 * DecoratedProxy}: the rules are its own, and hold for classes too. A fallback method of a class need not be public. The
 * methods that every object has bear no policies, even where their class does.
 *
 * <pre>{@code
 * var methods = new DecoratedMethods(retries, circuits, bulkheads, TimeSource.system());
 * Optional<DecoratedMethods.Decoration> decoration = methods.find(bean.getClass(), method);   // once for each method
 * Object result = decoration.get().call(bean, arguments, invocation::proceed);                // at each call
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class DecoratedMethods {
    private static final Map<String, dev.cenote.retry.Retry> NO_RETRIES = Map.of();

    private final NamedPolicies policies;

    /**
     * For policies of these names.
     *
     * @param clock for deadlines
     */
    public DecoratedMethods(
            Map<String, dev.cenote.retry.Retry> retries,
            Map<String, Circuit> circuits,
            Map<String, dev.cenote.decorators.Bulkhead> bulkheads,
            TimeSource clock) {
        this.policies = new NamedPolicies(Map.copyOf(retries), Map.copyOf(circuits), Map.copyOf(bulkheads), clock);
    }

    /** Makes the call itself. */
    @FunctionalInterface
    public interface Body {
        /** Makes it; called once for each attempt. */
        @Nullable
        Object call() throws Exception;
    }

    /** Policies round a method. Thread-safe. */
    @FunctionalInterface
    public interface Decoration {
        /**
         * Calls the method with its policies round it.
         *
         * @param target what a fallback method is called on
         * @param arguments those of the method, for a fallback
         * @throws Exception as {@link dev.cenote.decorators.DecoratedCall#call}
         */
        @Nullable
        Object call(Object target, Object[] arguments, Body body) throws Exception;
    }

    /** True if annotations of {@code method}, or of its type, ask for policies round it. Says nothing of their correctness. */
    public static boolean isDecorated(Class<?> type, Method method) {
        var none = new NamedPolicies(NO_RETRIES, Map.of(), Map.of(), TimeSource.system());
        return !isOfObject(method) && new AnnotationReader(type, method, none).isAnnotated();
    }

    /**
     * What they ask for.
     *
     * @param type the class or interface that bears the annotations
     * @param method one of its methods
     * @return empty if nothing
     * @throws dev.cenote.protocols.errors.ConfigurationException if an annotation names a policy that is not known, has a
     *     malformed value, or stands on a method that cannot be decorated; says which method and why
     */
    public Optional<Decoration> find(Class<?> type, Method method) {
        if (isOfObject(method)) {
            return Optional.empty();
        }
        MethodPlan plan = MethodPlan.of(type, method, policies);
        return plan.isPlain()
                ? Optional.empty()
                : Optional.of((target, arguments, body) ->
                        plan.invoke(new MethodPlan.Invocation(target, arguments, body)));
    }

    private static boolean isOfObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException ofItsOwn) {
            return false;
        }
    }
}
