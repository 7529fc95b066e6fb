package dev.cenote.mongo;

import com.mongodb.MongoClientException;
import com.mongodb.MongoInternalException;
import com.mongodb.connection.ServerDescription;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No server of the deployment can be reached. Nothing was sent. Says of each server why; the cause is the first one's. */
public final class NoServerAnswersException extends MongoClientException {
    private static final long serialVersionUID = 1L;

    NoServerAnswersException(String reason, @Nullable Throwable cause) {
        super("no server answers: " + reason, cause);
    }

    static NoServerAnswersException of(List<ServerDescription> servers) {
        String reasons = servers.stream()
                .map(server -> server.getAddress() + " " + reason(server.getException()))
                .collect(Collectors.joining("; "));
        return new NoServerAnswersException(reasons, servers.get(0).getException());
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "gave no reason";
        }
        if (failure instanceof MongoInternalException) {
            return "does not speak MongoDB's protocol (" + failure.getMessage() + ")";
        }
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? failure.getMessage() == null ? failure.toString() : failure.getMessage()
                : failure.getMessage() + " (" + cause.getMessage() + ")";
    }
}
