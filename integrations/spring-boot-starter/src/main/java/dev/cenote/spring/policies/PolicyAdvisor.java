package dev.cenote.spring.policies;

import dev.cenote.decorators.annotations.DecoratedMethods;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.protocols.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Pointcut;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodClassKey;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts policies round the annotated methods of beans, by the rules of {@link DecoratedMethods}. They are those of the class
 * if it bears any for the method, else of the first of its interfaces that does. Comes before transactions, so that each
 * attempt has one of its own. Whatever is wrong with an annotation is told as the bean is made.
 */
final class PolicyAdvisor extends AbstractPointcutAdvisor {
    private static final long serialVersionUID = 1L;

    /** Outside of @Transactional, which is last by default. */
    static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    private static final boolean TRANSACTIONS = ClassUtils.isPresent(
            "org.springframework.transaction.interceptor.TransactionAttributeSource",
            PolicyAdvisor.class.getClassLoader());
    private static final Logger LOG = System.getLogger(PolicyAdvisor.class.getName());
    private final transient Supplier<DecoratedMethods> methods;
    private final transient WholeTransactions transactions;
    private final transient Map<MethodClassKey, Optional<Policed>> found = new ConcurrentHashMap<>();
    private final transient Pointcut pointcut = new Annotated();
    private final transient MethodInterceptor advice = this::invoke;

    /** The policies are asked for when the first annotated bean is made, not when this is: that is before all other beans. */
    PolicyAdvisor(ObjectProvider<PolicyRegistry> policies, WholeTransactions transactions) {
        this.transactions = transactions;
        this.methods = SingletonSupplier.of(() -> {
            PolicyRegistry known = policies.getObject();
            return new DecoratedMethods(known.retries(), known.circuits(), known.bulkheads(), TimeSource.system());
        });
        setOrder(ORDER);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public MethodInterceptor getAdvice() {
        return advice;
    }

    private final class Annotated extends StaticMethodMatcherPointcut {
        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return policed(method, targetClass).isPresent();
        }
    }

    /**
     * A method with policies.
     *
     * @param transaction what Spring calls a transaction that begins with it
     * @param begins whether a call that is made now begins one; empty if it is never tried again
     */
    private record Policed(
            DecoratedMethods.Decoration decoration, String transaction, Optional<BooleanSupplier> begins) {}

    private Optional<Policed> policed(Method method, Class<?> targetClass) {
        var key = new MethodClassKey(method, targetClass);
        Optional<Policed> known = found.get(key);
        if (known == null) {
            known = read(method, ClassUtils.getUserClass(targetClass));
            found.put(key, known);
        }
        return known;
    }

    private Optional<Policed> read(Method method, Class<?> type) {
        Method own = AopUtils.getMostSpecificMethod(method, type);
        if (DecoratedMethods.isDecorated(type, own)) {
            return read(type, own, own, type);
        }
        for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
            Method declared = ClassUtils.getMethodIfAvailable(each, own.getName(), own.getParameterTypes());
            if (declared != null && DecoratedMethods.isDecorated(each, declared)) {
                return read(each, declared, own, type);
            }
        }
        return Optional.empty();
    }

    /**
     * The rules for one method.
     *
     * @param bearer the class or interface whose annotations count
     * @param own the method of the bean's class, which Spring's transactions go by
     */
    private Optional<Policed> read(Class<?> bearer, Method declared, Method own, Class<?> type) {
        boolean retried = isRetried(bearer, declared);
        String transaction = ClassUtils.getQualifiedMethodName(own, type);
        return methods.get()
                .withErrorReader(
                        retried
                                ? SqlErrors.ofAttempts(transactions, new Doubts(bearer, declared))
                                : SqlErrors.ofOneAttempt())
                .find(bearer, declared)
                .map(decoration -> new Policed(
                        decoration, transaction, retried ? Optional.of(begins(own, type)) : Optional.empty()));
    }

    /** What is done later, on whatever thread, is not seen: its errors are not read. */
    private static BooleanSupplier begins(Method own, Class<?> type) {
        boolean later = CompletionStage.class.isAssignableFrom(own.getReturnType())
                || own.getReturnType() == Flow.Publisher.class;
        return TRANSACTIONS && !later ? TransactionAnnotation.begins(own, type) : () -> false;
    }

    private static boolean isRetried(Class<?> type, Method method) {
        return Stream.of(method, method.getDeclaringClass(), type)
                .anyMatch(each -> each.isAnnotationPresent(Retry.class));
    }

    /** Says once of a method why it was not tried again. */
    private static final class Doubts implements Consumer<String> {
        private final String name;
        private final AtomicBoolean said = new AtomicBoolean();

        Doubts(Class<?> type, Method method) {
            this.name = type.getSimpleName() + "." + method.getName();
        }

        @Override
        public void accept(String doubt) {
            if (!said.getAndSet(true)) {
                LOG.log(
                        Level.WARNING,
                        "{0} was not tried again, although its transaction was rolled back: it may have written elsewhere,"
                                + " since the application {1}. If it may run twice, annotate it with @Idempotent.",
                        name,
                        doubt);
            }
        }
    }

    private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = Objects.requireNonNull(invocation.getThis(), "target");
        Optional<Policed> found = policed(invocation.getMethod(), target.getClass());
        if (found.isEmpty()) {
            return invocation.proceed();
        }
        Policed policed = found.get();
        return policed.begins().isEmpty()
                ? policed.decoration().call(target, arguments(invocation), () -> attempt(invocation))
                : retried(invocation, target, policed, policed.begins().get());
    }

    private static @Nullable Object retried(
            MethodInvocation invocation, Object target, Policed policed, BooleanSupplier begins) throws Exception {
        OwnTransaction own = OwnTransaction.enter(policed.transaction(), begins);
        try {
            return policed.decoration().call(target, arguments(invocation), () -> {
                own.attempt();
                return attempt(invocation);
            });
        } finally {
            own.leave();
        }
    }

    /** As they are; each may be null, and only reflection sees them. */
    @SuppressWarnings("NullAway") // a newer compiler reads in Spring's class files that they may be null
    private static Object[] arguments(MethodInvocation invocation) {
        return invocation.getArguments();
    }

    /** An invocation can proceed once; what comes after this in the chain must run for each attempt. */
    private static @Nullable Object attempt(MethodInvocation invocation) throws Exception {
        MethodInvocation one =
                invocation instanceof ProxyMethodInvocation ofProxy ? ofProxy.invocableClone() : invocation;
        try {
            return one.proceed();
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable neither) {
            throw new IllegalStateException(neither);
        }
    }
}
