package dev.cenote.decorators.annotations;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Durations;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Reads the annotations of one method, its own before those of its interface, and says what is wrong with them. */
final class AnnotationReader {
    /** Types whose work is done after the method has returned, in a way that cannot be followed. */
    private static final List<Class<?>> LATER =
            List.of(BaseStream.class, Iterator.class, Future.class, Supplier.class, Callable.class, Runnable.class);

    /** The same by name: what other libraries have for things to come. */
    private static final Set<String> OF_OTHERS = Set.of(
            "org.reactivestreams.Publisher",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "io.smallrye.mutiny.Uni",
            "kotlinx.coroutines.Deferred",
            "kotlinx.coroutines.flow.Flow",
            "com.google.common.util.concurrent.ListenableFuture");

    private final Class<?> type;
    private final Method method;
    private final NamedPolicies policies;
    private final String where;

    AnnotationReader(Class<?> type, Method method, NamedPolicies policies) {
        this.type = type;
        this.method = method;
        this.policies = policies;
        this.where = type.getSimpleName() + "." + method.getName();
    }

    MethodPlan read() {
        Optional<Retry> retry = find(Retry.class);
        Optional<CircuitBreaker> circuit = find(CircuitBreaker.class);
        Optional<Bulkhead> bulkhead = find(Bulkhead.class);
        Optional<WithDeadline> deadline = find(WithDeadline.class);
        var plan = new MethodPlan(
                method,
                where,
                effect(),
                retry.map(named -> policies.retry(named.name(), where)),
                circuit.map(named -> policies.circuit(named.name(), where)),
                bulkhead.map(named -> policies.bulkhead(named.name(), where)),
                deadline.map(time -> Check.positive(
                        where + ": WithDeadline", Durations.parse(where + ": WithDeadline", time.value()))),
                fallbacks(Stream.of(
                                retry.map(Retry::fallbackMethod),
                                circuit.map(CircuitBreaker::fallbackMethod),
                                bulkhead.map(Bulkhead::fallbackMethod))
                        .flatMap(Optional::stream)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList()),
                policies.clock());
        if (!plan.isPlain()) {
            checkSupported();
        }
        return plan;
    }

    private <A extends Annotation> Optional<A> find(Class<A> annotation) {
        A own = method.getAnnotation(annotation);
        if (own != null) {
            return Optional.of(own);
        }
        // A default method without annotations of its own is a method's fallback, or made of the others.
        if (method.isDefault() || Modifier.isStatic(method.getModifiers())) {
            return Optional.empty();
        }
        A ofDeclaring = method.getDeclaringClass().getAnnotation(annotation);
        return Optional.ofNullable(ofDeclaring != null ? ofDeclaring : type.getAnnotation(annotation));
    }

    /** True if anything is to be done round the method. */
    boolean isAnnotated() {
        return find(Retry.class).isPresent()
                || find(CircuitBreaker.class).isPresent()
                || find(Bulkhead.class).isPresent()
                || find(WithDeadline.class).isPresent();
    }

    private Effect effect() {
        boolean readOnly = find(ReadOnly.class).isPresent();
        boolean idempotent = find(Idempotent.class).isPresent();
        if (method.isAnnotationPresent(ReadOnly.class) && method.isAnnotationPresent(Idempotent.class)) {
            throw new ConfigurationException(where + ": ReadOnly and Idempotent exclude each other");
        }
        if (method.isAnnotationPresent(Idempotent.class)) {
            return Effect.IDEMPOTENT;
        }
        return readOnly ? Effect.READ_ONLY : idempotent ? Effect.IDEMPOTENT : Effect.NON_IDEMPOTENT;
    }

    private Fallbacks fallbacks(List<String> names) {
        if (names.size() > 1) {
            throw new ConfigurationException(where + ": fallbackMethod must be one for the method, was " + names);
        }
        return names.isEmpty() ? Fallbacks.NONE : Fallbacks.find(type, method, names.get(0), where);
    }

    private void checkSupported() {
        if (Modifier.isStatic(method.getModifiers())) {
            throw new ConfigurationException(where + ": a static method cannot be decorated");
        }
        Class<?> gives = method.getReturnType();
        boolean stage = gives == CompletionStage.class || gives == CompletableFuture.class;
        boolean otherStage = !stage && CompletionStage.class.isAssignableFrom(gives);
        boolean otherPublisher = gives != Flow.Publisher.class && Flow.Publisher.class.isAssignableFrom(gives);
        boolean later =
                gives == Iterable.class || !stage && LATER.stream().anyMatch(kind -> kind.isAssignableFrom(gives));
        if (otherStage || otherPublisher || later || isOfOthers(gives)) {
            throw new ConfigurationException(where + ": a method that gives " + gives.getName()
                    + " cannot be decorated; it must give a value, an Optional, a CompletionStage, a CompletableFuture or"
                    + " a Flow.Publisher");
        }
    }

    private static boolean isOfOthers(Class<?> gives) {
        for (Class<?> at = gives; at != null; at = at.getSuperclass()) {
            if (OF_OTHERS.contains(at.getName())
                    || Stream.of(at.getInterfaces()).anyMatch(AnnotationReader::isOfOthers)) {
                return true;
            }
        }
        return false;
    }
}
