package dev.cenote.spring.policies;

import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Verdict.CallFate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Notes what becomes of the transactions within a call that may be tried again.
 *
 * <p>Each that is committed leaves its mark on the call's {@link Footprint}: where it was one within that of the method, as by
 * {@code REQUIRES_NEW}, the rollback of the outer one does not undo it. So does one whose commit failed: that Spring rolls
 * back after it undoes nothing if only the answer was lost. One that is declared to be read-only leaves none, nor does one that
 * the server has surely rolled back instead, nor a savepoint. What becomes of the method's own is known to {@link
 * OwnTransaction}.
 */
final class CommitMarks implements BeanPostProcessor, TransactionExecutionListener {
    private record Committing(
            TransactionExecution transaction, @Nullable Committing outer) {}

    /** Of each thread, the transactions within a call that are being committed. */
    private final ThreadLocal<@Nullable Committing> committing = new ThreadLocal<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager) {
            manager.addListener(this);
        }
        return bean;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        OwnTransaction own = OwnTransaction.current();
        if (own == null || transaction.isNested()) {
            return;
        }
        if (failure == null) {
            own.begun(transaction, transaction.getTransactionName());
        } else {
            own.notBegun(transaction.getTransactionName());
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (Footprint.current() != null && !transaction.isNested() && !transaction.isReadOnly()) {
            committing.set(new Committing(transaction, committing.get()));
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        ended(transaction);
        Footprint footprint = Footprint.current();
        if (footprint == null || transaction.isNested()) {
            return;
        }
        if (isRolledBack(failure)) {
            rolledBack(transaction, footprint, false);
        } else if (!transaction.isReadOnly()) {
            footprint.write();
        }
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        boolean onCommit = ended(transaction);
        Footprint footprint = Footprint.current();
        if (footprint == null || transaction.isNested()) {
            return;
        }
        if (failure == null) {
            rolledBack(transaction, footprint, onCommit);
        } else if (onCommit) {
            footprint.write();
        }
    }

    private static void rolledBack(TransactionExecution transaction, Footprint footprint, boolean onCommit) {
        OwnTransaction own = OwnTransaction.current();
        if (own != null && own.is(transaction)) {
            own.rolledBack(onCommit);
        } else if (onCommit) {
            footprint.write();
        }
    }

    /** Forgets that it was being committed; false if it was not. */
    private boolean ended(TransactionExecution transaction) {
        Committing at = committing.get();
        while (at != null && at.transaction() != transaction) {
            at = at.outer();
        }
        if (at == null) {
            return false;
        }
        if (at.outer() == null) {
            committing.remove();
        } else {
            committing.set(at.outer());
        }
        return true;
    }

    /** A commit that was not made is none: the connection may be committed as it goes back to auto-commit. */
    private static boolean isRolledBack(@Nullable Throwable failure) {
        return failure instanceof Exception error
                && SqlErrors.read(error)
                        .filter(verdict -> verdict.call() == CallFate.ROLLED_BACK)
                        .isPresent();
    }
}
