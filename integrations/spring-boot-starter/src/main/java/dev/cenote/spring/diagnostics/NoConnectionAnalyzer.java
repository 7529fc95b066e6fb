package dev.cenote.spring.diagnostics;

import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.PoolPausedException;
import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A pool that gave no connection while the application started: says why, and what to look at. */
final class NoConnectionAnalyzer extends AbstractFailureAnalyzer<PoolException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PoolException cause) {
        String what = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        return new FailureAnalysis(
                "The application needs a connection to start. " + capital(what) + ".", action(cause), cause);
    }

    private static String action(PoolException cause) {
        if (cause instanceof ConnectionFailedException) {
            return "The server was reached and refused, which no further attempt changes: check user, password and the"
                    + " name of the database.";
        }
        if (cause instanceof PoolPausedException) {
            return "The pool is paused. Leave out start-paused, or let nothing use the pool before it is made ready.";
        }
        if (cause instanceof AcquireTimeoutException late
                && late.lastConnectFailure().isEmpty()
                && late.stats().leased() > 0) {
            return "All connections are in use, by whom the description says. If the start needs more at a time, raise"
                    + " max-size.";
        }
        return "Check that the server runs and can be reached from here at the address that is set. If it only takes"
                + " longer to come up than the application, raise acquire-timeout.";
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
