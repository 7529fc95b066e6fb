package dev.cenote.spring.policies;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Footprint;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Has each transaction that is committed leave its mark on the {@link Footprint} of the call that its thread is in: where it
 * was one within that of the method, as by {@code REQUIRES_NEW}, the rollback of the outer one does not undo it. One that is
 * declared to be read-only leaves none, nor does one that the server has surely rolled back instead.
 */
final class CommitMarks implements BeanPostProcessor, TransactionExecutionListener {
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(this);
        }
        return bean;
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        Footprint footprint = Footprint.current();
        if (footprint != null && !transaction.isReadOnly() && !isRolledBack(failure)) {
            footprint.write();
        }
    }

    private static boolean isRolledBack(@Nullable Throwable failure) {
        return failure instanceof Exception error
                && SqlErrors.read(error)
                        .filter(verdict -> verdict.isRetrySafe(Effect.NON_IDEMPOTENT))
                        .isPresent();
    }
}
