package dev.cenote.opentelemetry;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An error in the terms of the conventions. Messages are left out: servers quote values in them.
 *
 * @param statusCode the server's code, null if it gave none
 * @param type that code, or else the class of the error, without the wrappers that say only that something failed
 */
record Failure(@Nullable String statusCode, String type) {
    static Failure of(Throwable error, Pool<?> pool) {
        for (String code : pool.codes(error)) {
            Throwable named = named(code, error);
            return named == null
                    ? new Failure(code, code)
                    : new Failure(null, named.getClass().getName());
        }
        return new Failure(null, original(error).getClass().getName());
    }

    /** What among the causes bears the code as its class's name: then the code is not the server's. */
    private static @Nullable Throwable named(String code, Throwable error) {
        Throwable at = error;
        while (at != null && !at.getClass().getSimpleName().equals(code)) {
            at = at.getCause();
        }
        return at;
    }

    private static Throwable original(Throwable error) {
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

    void addTo(AttributesBuilder attributes) {
        if (statusCode != null) {
            attributes.put(Conventions.STATUS_CODE, statusCode);
        }
        attributes.put(Conventions.ERROR_TYPE, type);
    }

    Attributes attributes() {
        AttributesBuilder attributes = Attributes.builder();
        addTo(attributes);
        return attributes.build();
    }
}
