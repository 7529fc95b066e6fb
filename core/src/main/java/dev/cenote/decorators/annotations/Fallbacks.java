package dev.cenote.decorators.annotations;

import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fallback methods of a method: of one name, each for one kind of error. Those for the nearest kinds stand first. */
record Fallbacks(List<Fallback> methods) {
    static final Fallbacks NONE = new Fallbacks(List.of());

    /** A method and the error that it takes; the error is passed on only if it asks for it. */
    record Fallback(Method method, Class<?> error, boolean takesError) {}

    /** Those of {@code type} that are named {@code name} and fit {@code method}. */
    static Fallbacks find(Class<?> type, Method method, String name, String where) {
        var found = new ArrayList<Fallback>();
        for (Method candidate : candidates(type)) {
            if (candidate.getName().equals(name) && !candidate.equals(method)) {
                candidate.trySetAccessible(); // neither it nor its type need be public
                fitting(method, candidate).ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            throw new ConfigurationException(where + ": fallbackMethod must name a method of " + type.getSimpleName()
                    + " that gives " + method.getReturnType().getSimpleName() + " and takes "
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .toList()
                    + ", with or without one more parameter for the error; was \"" + name + "\"");
        }
        // A subclass before its superclass, and what takes any error last.
        found.sort(Comparator.comparingInt((Fallback fallback) -> -depth(fallback.error())));
        return new Fallbacks(found);
    }

    /** Of a class also those that only it sees. */
    private static Set<Method> candidates(Class<?> type) {
        var all = new LinkedHashSet<>(Arrays.asList(type.getMethods()));
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            all.addAll(Arrays.asList(at.getDeclaredMethods()));
        }
        return all;
    }

    private static int depth(Class<?> error) {
        int depth = 0;
        for (Class<?> at = error.getSuperclass(); at != null; at = at.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    private static Optional<Fallback> fitting(Method method, Method candidate) {
        Class<?>[] wanted = method.getParameterTypes();
        Class<?>[] takes = candidate.getParameterTypes();
        boolean sameType = method.getReturnType().isAssignableFrom(candidate.getReturnType());
        if (!sameType || takes.length < wanted.length || takes.length > wanted.length + 1) {
            return Optional.empty();
        }
        if (!Arrays.equals(wanted, Arrays.copyOf(takes, wanted.length))) {
            return Optional.empty();
        }
        if (takes.length == wanted.length) {
            return Optional.of(new Fallback(candidate, Throwable.class, false));
        }
        Class<?> last = takes[wanted.length];
        return Throwable.class.isAssignableFrom(last)
                ? Optional.of(new Fallback(candidate, last, true))
                : Optional.empty();
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    /** True if one of them takes this error. */
    boolean fit(Exception error) {
        return methods.stream().anyMatch(fallback -> fallback.error().isInstance(error));
    }

    /** What the nearest of them answers. */
    @Nullable
    Object answer(Object target, Object[] arguments, Exception error) {
        Fallback nearest = methods.stream()
                .filter(fallback -> fallback.error().isInstance(error))
                .findFirst()
                .orElseThrow();
        Object[] given = arguments;
        if (nearest.takesError()) {
            given = Arrays.copyOf(arguments, arguments.length + 1);
            given[arguments.length] = error;
        }
        try {
            return Invocations.call(nearest.method(), target, given);
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new IllegalStateException("the fallback method " + nearest.method() + " threw", checked);
        }
    }
}
