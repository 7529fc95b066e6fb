package dev.cenote.circuit;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What an error says of the server. */
enum Reading {
    /** It answered. */
    ANSWERED,
    /** It did not, or is going. */
    FAILED,
    /** Nothing. */
    SILENT;

    /** Causes beyond this depth are not looked at: a chain may be a circle. */
    private static final int DEPTH = 16;

    static Reading of(Throwable error) {
        if (error instanceof Error || error instanceof CancellationException || isInterrupt(error)) {
            return SILENT;
        }
        Throwable cause = error.getCause();
        boolean wrapper = error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof RetriesExhaustedException;
        if (wrapper && cause != null) {
            return of(cause);
        }
        if (error instanceof OperationFailedException failed) {
            return of(failed);
        }
        return error instanceof CenoteException && !(error instanceof ConnectionFailedException) ? SILENT : FAILED;
    }

    private static Reading of(OperationFailedException failed) {
        Verdict verdict = failed.verdict();
        if (verdict.connection() != ConnectionFate.KEEP) {
            return FAILED;
        }
        // The deadline had passed before anything was sent.
        return failed instanceof OperationTimeoutException && verdict.call() == CallFate.NOT_EXECUTED
                ? SILENT
                : ANSWERED;
    }

    private static boolean isInterrupt(Throwable error) {
        @Nullable Throwable at = error;
        for (int depth = 0; at != null && depth < DEPTH; depth++, at = at.getCause()) {
            boolean io = at instanceof InterruptedIOException && !(at instanceof SocketTimeoutException);
            if (io || at instanceof InterruptedException || at instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }
}
