package dev.cenote.decorators.annotations;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
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
    private final ErrorReader reader;

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
        this(
                new NamedPolicies(Map.copyOf(retries), Map.copyOf(circuits), Map.copyOf(bulkheads), clock),
                (error, effect) -> Optional.empty());
    }

    private DecoratedMethods(NamedPolicies policies, ErrorReader reader) {
        this.policies = policies;
        this.reader = reader;
    }

    /**
     * These, with a reader of errors that are none of Cenote's. Policies go by its verdict; fallbacks and callers get the
     * error itself. Errors that come with a stage or a publisher are not read.
     */
    public DecoratedMethods withErrorReader(ErrorReader other) {
        return new DecoratedMethods(policies, other);
    }

    /** Makes the call itself. */
    @FunctionalInterface
    public interface Body {
        /** Makes it; called once for each attempt. */
        @Nullable
        Object call() throws Exception;
    }

    /** Reads errors that are none of Cenote's. Thread-safe. */
    @FunctionalInterface
    public interface ErrorReader {
        /**
         * What policies are to make of {@code error}.
         *
         * @param effect what the call does to the data, by its annotations
         * @return empty to have it count as what it is: an error that nobody has read, after which nothing is tried again
         */
        Optional<Verdict> read(Exception error, Effect effect);
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
                        plan.invoke(new MethodPlan.Invocation(target, arguments, body, reader)));
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
