package dev.cenote.spring.policies;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Footprint;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Notes what becomes of the transactions within a call that may be tried again.
 *
 * <p>Each that is committed leaves its mark on the call's {@link Footprint}: where it was one within that of the method, as by
 * {@code REQUIRES_NEW}, the rollback of the outer one does not undo it. One that is declared to be read-only leaves none, nor
 * does one that the server has surely rolled back instead, nor a savepoint. The last that could not begin or was
 * rolled back is known to {@link Undone} by its name, which for an annotated method is the method's.
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
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (Footprint.current() != null && !transaction.isNested() && failure != null) {
            Undone.NEVER_BEGUN.note(transaction.getTransactionName());
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        Footprint footprint = Footprint.current();
        if (footprint == null || transaction.isNested()) {
            return;
        }
        if (isRolledBack(failure)) {
            Undone.ROLLED_BACK.note(transaction.getTransactionName());
        } else if (!transaction.isReadOnly()) {
            footprint.write();
        }
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        if (Footprint.current() != null && !transaction.isNested() && failure == null) {
            Undone.ROLLED_BACK.note(transaction.getTransactionName());
        }
    }

    private static boolean isRolledBack(@Nullable Throwable failure) {
        return failure instanceof Exception error
                && SqlErrors.read(error)
                        .filter(verdict -> verdict.isRetrySafe(Effect.NON_IDEMPOTENT))
                        .isPresent();
    }
}
