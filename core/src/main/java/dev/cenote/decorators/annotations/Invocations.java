package dev.cenote.decorators.annotations;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a proxy does when it is called. */
final class Invocations implements InvocationHandler {
    private static final Object[] NONE = {};

    private final Object target;
    private final Map<Method, MethodPlan> plans;

    Invocations(Object target, Map<Method, MethodPlan> plans) {
        this.target = target;
        this.plans = plans;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? NONE : given;
        MethodPlan plan = plans.get(method);
        if (plan != null) {
            return plan.invoke(target, arguments);
        }
        return switch (method.getName()) { // those of Object
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "Decorated[" + target + "]";
        };
    }

    /** Calls a method of the target; throws what it threw. */
    static @Nullable Object call(Method method, Object target, Object[] arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : thrown;
        }
    }
}
