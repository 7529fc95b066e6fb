package dev.cenote.spring.policies;

import java.lang.reflect.Method;
import java.util.function.BooleanSupplier;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is said of the transaction of a method. Apart, since it needs Spring's module of transactions. */
final class TransactionAnnotation {
    private TransactionAnnotation() {}

    /** Whether a call that is made now is meant to begin a transaction, and not to join one or to do without. */
    static BooleanSupplier begins(Method method, Class<?> type) {
        var annotations =
                new AnnotationTransactionAttributeSource(false); // not kept: it remembers the classes it was asked of
        TransactionAttribute meant = annotations.getTransactionAttribute(method, type);
        int propagation = meant == null ? TransactionDefinition.PROPAGATION_SUPPORTS : meant.getPropagationBehavior();
        return switch (propagation) {
            case TransactionDefinition.PROPAGATION_REQUIRES_NEW -> () -> true;
            case TransactionDefinition.PROPAGATION_REQUIRED, TransactionDefinition.PROPAGATION_NESTED ->
                () -> !TransactionSynchronizationManager.isActualTransactionActive();
            default -> () -> false;
        };
    }
}
