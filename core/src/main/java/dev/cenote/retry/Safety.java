package dev.cenote.retry;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Whether an error lets its call run again without doubling a write, by what is known and not by what is hoped. */
enum Safety {
    /** Running again does no harm, and may help. */
    SAFE,
    /** It would do harm, or cannot help. */
    FORBIDDEN,
    /** An error that is none of Cenote's: nobody has classified it. */
    UNCLASSIFIED;

    static Safety of(Throwable error, Effect effect) {
        if (error instanceof OperationFailedException failed) {
            return safeIf(failed.verdict().isRetrySafe(effect) && isWhole(failed, effect));
        }
        if (error instanceof ConnectionFailedException failed) {
            return safeIf(failed.verdict().isRetrySafe(effect));
        }
        if (error instanceof PoolClearedException || error instanceof StaleConnectionException) {
            return SAFE;
        }
        boolean isFinal = error instanceof CenoteException
                || error instanceof Error
                || error instanceof InterruptedException
                || error instanceof CancellationException;
        return isFinal ? FORBIDDEN : UNCLASSIFIED;
    }

    private static Safety safeIf(boolean safe) {
        return safe ? SAFE : FORBIDDEN;
    }

    /** A bulk that was applied in part would apply those parts twice, whatever the verdict on the part that failed. */
    private static boolean isWhole(OperationFailedException failed, Effect effect) {
        return effect.isRepeatable()
                || !(failed instanceof BulkException bulk)
                || bulk.result().applied() == 0;
    }

    /** What was thrown, without what futures wrap it in. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable error = thrown;
        while ((error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        return error;
    }
}
