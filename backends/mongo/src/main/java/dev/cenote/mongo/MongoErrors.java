package dev.cenote.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import dev.cenote.protocols.KnownError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The errors that {@link MongoClassifier} knows, each of the type by which the driver brings it. */
final class MongoErrors {
    private static final ServerAddress AT = new ServerAddress("localhost", 27017);
    private static final String RETRYABLE_WRITE = "RetryableWriteError";
    private static final String NO_WRITES = "NoWritesPerformed";
    private static final String OVERLOADED = MongoException.SYSTEM_OVERLOADED_ERROR_LABEL;
    private static final String RETRYABLE = MongoException.RETRYABLE_ERROR_LABEL;
    private static final String TRANSIENT = MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL;
    private static final String COMMIT_UNKNOWN = MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL;

    static final List<KnownError> ALL = List.of(
            known("MongoSocketOpenException", "nobody listens at the address", MongoErrors::refused),
            known("MongoTimeoutException", "no server found in time", () -> new MongoTimeoutException("Timed out")),
            known(
                    "NoServerAnswersException",
                    "no server answers",
                    () -> new NoServerAnswersException("refused", refused())),
            known(
                    "MongoConnectionPoolClearedException",
                    "the driver's pool was cleared before the send",
                    MongoErrors::cleared),
            known("MongoSocketReadException", "connection lost in mid-reply", MongoErrors::lost),
            known("MongoSocketWriteException", "connection lost in the send", MongoErrors::notWritten),
            known("MongoSocketReadTimeoutException", "no reply in time", MongoErrors::silent),
            known("MongoOperationTimeoutException", "no reply by the client's deadline", MongoErrors::late),
            known(
                    "PoolClearedError",
                    "the driver's pool was cleared before the send",
                    () -> labelled("PoolClearedError")),
            known(RETRYABLE_WRITE, "network failed twice in a write", () -> labelled(RETRYABLE_WRITE)),
            known(NO_WRITES, "refused twice, and no writes performed", () -> labelled(RETRYABLE_WRITE, NO_WRITES)),
            known(
                    OVERLOADED,
                    "overloaded, after an attempt that may have run",
                    () -> command(462, OVERLOADED, RETRYABLE)),
            known(NO_WRITES, "overloaded, no writes performed", () -> command(462, OVERLOADED, RETRYABLE, NO_WRITES)),
            known(OVERLOADED, "overloaded, not to be tried again", () -> command(462, OVERLOADED)),
            known(TRANSIENT, "transaction undone", () -> command(251, TRANSIENT)),
            known(TRANSIENT, "network failed in a transaction", () -> labelled(TRANSIENT)),
            known(COMMIT_UNKNOWN, "no reply to a commit", () -> labelled(COMMIT_UNKNOWN)),
            known("11600", "interrupted by a shutdown", () -> new MongoNodeIsRecoveringException(code(11600), AT)),
            known("91", "shutting down", () -> new MongoNodeIsRecoveringException(code(91), AT)),
            known("10107", "not the primary", () -> new MongoNotPrimaryException(code(10107), AT)),
            known(
                    "13435",
                    "not the primary, and no secondary reads",
                    () -> new MongoNotPrimaryException(code(13435), AT)),
            known("10058", "not the primary, of older servers", () -> new MongoNotPrimaryException(code(10058), AT)),
            known(
                    "11602",
                    "interrupted by a change of roles",
                    () -> new MongoNodeIsRecoveringException(code(11602), AT)),
            known("13436", "neither primary nor secondary", () -> new MongoNodeIsRecoveringException(code(13436), AT)),
            known("189", "primary stepped down", () -> new MongoNodeIsRecoveringException(code(189), AT)),
            answer(6, "a router could not reach a host"),
            answer(7, "a router did not find a host"),
            answer(89, "a router's network timed out"),
            answer(9001, "a router's socket failed"),
            answer(134, "read concern not available yet"),
            answer(262, "time limit exceeded"),
            known(
                    "50",
                    "time limit exceeded (maxTimeMS)",
                    () -> new MongoExecutionTimeoutException(50, "operation exceeded time limit")),
            answer(112, "write conflict"),
            known("64", "write concern not satisfied in time", MongoErrors::writeConcern),
            known("11000", "duplicate key", MongoErrors::duplicateKey),
            answer(13, "not authorized"),
            answer(18, "authentication failed"),
            known("MongoSecurityException", "wrong user or password", MongoErrors::wrongPassword));

    private MongoErrors() {}

    private static KnownError known(String code, String meaning, Supplier<MongoException> sample) {
        return new KnownError(code, meaning, sample);
    }

    private static KnownError answer(int code, String meaning) {
        return known(Integer.toString(code), meaning, () -> command(code));
    }

    private static BsonDocument code(int code) {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString("refused"));
    }

    private static MongoCommandException command(int code, String... labels) {
        var array = new BsonArray(List.of(labels).stream().map(BsonString::new).toList());
        return new MongoCommandException(code(code).append("errorLabels", array), AT);
    }

    private static MongoException labelled(String... labels) {
        MongoException failure = lost();
        List.of(labels).forEach(failure::addLabel);
        return failure;
    }

    private static MongoException refused() {
        return new MongoSocketOpenException("Exception opening socket", AT, new ConnectException("Connection refused"));
    }

    private static MongoException cleared() {
        return new MongoConnectionPoolClearedException(new ServerId(new ClusterId(), AT), new IOException("reset"));
    }

    private static MongoException lost() {
        return new MongoSocketReadException("Prematurely reached end of stream", AT);
    }

    private static MongoException notWritten() {
        return new MongoSocketWriteException("Exception sending message", AT, new IOException("Broken pipe"));
    }

    private static MongoException silent() {
        return new MongoSocketReadTimeoutException(
                "Timeout while receiving message", AT, new SocketTimeoutException("Read timed out"));
    }

    private static MongoException late() {
        return new MongoOperationTimeoutException("Operation exceeded the timeout limit.", silent());
    }

    private static MongoException writeConcern() {
        return new MongoWriteConcernException(
                new WriteConcernError(
                        64, "WriteConcernFailed", "waiting for replication timed out", new BsonDocument()),
                AT);
    }

    private static MongoException duplicateKey() {
        return new MongoWriteException(
                new WriteError(11000, "E11000 duplicate key error", new BsonDocument()), AT, Set.of());
    }

    private static MongoException wrongPassword() {
        return new MongoSecurityException(
                MongoCredential.createCredential("user", "admin", new char[0]),
                "Exception authenticating",
                command(18));
    }
}
