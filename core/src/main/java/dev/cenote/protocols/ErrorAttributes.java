package dev.cenote.protocols;

import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How an error is told in metrics and traces, by <a
 * href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">OpenTelemetry's semantic conventions for
 * databases</a>. Immutable. Nothing of an error's message is in it: servers quote values in messages.
 *
 * @param statusCode {@code db.response.status_code}: the server's code, empty if it gave none
 * @param type {@code error.type}: that code, or else the name of the class of the error; not blank
 */
public record ErrorAttributes(Optional<String> statusCode, String type) {
    public ErrorAttributes {
        Objects.requireNonNull(statusCode, "statusCode");
        Check.notBlank("type", type);
    }

    /**
     * Those of {@code error}: the first of its codes. Where there is none, or it is but the name of a class among the causes
     * (which classifiers give where a driver fails and no server has spoken), the class: that one, or else the first along
     * the causes that says more than that something failed. Neither {@link OperationFailedException} itself nor {@link
     * RetriesExhaustedException}, {@link CompletionException} or {@link ExecutionException} does, if it has a cause.
     *
     * @param codes what {@link Pool#codes} says of {@code error}
     */
    public static ErrorAttributes of(Throwable error, List<String> codes) {
        if (codes.isEmpty()) {
            return ofClass(telling(error));
        }
        String code = codes.get(0);
        Throwable named = named(code, error);
        return named == null ? new ErrorAttributes(Optional.of(code), code) : ofClass(named);
    }

    private static ErrorAttributes ofClass(Throwable error) {
        return new ErrorAttributes(Optional.empty(), error.getClass().getName());
    }

    private static @Nullable Throwable named(String code, Throwable error) {
        Throwable at = error;
        while (at != null && !at.getClass().getSimpleName().equals(code)) {
            at = at.getCause();
        }
        return at;
    }

    private static Throwable telling(Throwable error) {
        Throwable at = error;
        for (Throwable cause = at.getCause(); cause != null && isWrapper(at); cause = at.getCause()) {
            at = cause;
        }
        return at;
    }

    private static boolean isWrapper(Throwable error) {
        return error.getClass() == OperationFailedException.class
                || error instanceof RetriesExhaustedException
                || error instanceof CompletionException
                || error instanceof ExecutionException;
    }
}
