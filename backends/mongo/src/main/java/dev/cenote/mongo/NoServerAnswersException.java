package dev.cenote.mongo;

import com.mongodb.MongoClientException;
import com.mongodb.MongoInternalException;
import com.mongodb.ServerAddress;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No server of the deployment can be reached. Nothing was sent. Says of each server why; the cause is the first one's. */
public final class NoServerAnswersException extends MongoClientException {
    private static final long serialVersionUID = 1L;

    NoServerAnswersException(String reason, @Nullable Throwable cause) {
        super("no server answers: " + reason, cause);
    }

    static NoServerAnswersException of(Map<ServerAddress, Throwable> failures) {
        String reasons = failures.entrySet().stream()
                .map(failure -> failure.getKey() + " " + reason(failure.getValue()))
                .collect(Collectors.joining("; "));
        return new NoServerAnswersException(
                reasons, failures.values().iterator().next());
    }

    private static String reason(Throwable failure) {
        if (failure instanceof MongoInternalException) {
            return "does not speak MongoDB's protocol (" + failure.getMessage() + ")";
        }
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? failure.getMessage() == null ? failure.toString() : failure.getMessage()
                : failure.getMessage() + " (" + cause.getMessage() + ")";
    }
}
