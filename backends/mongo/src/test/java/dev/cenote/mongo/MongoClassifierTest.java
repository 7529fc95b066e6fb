package dev.cenote.mongo;

import static dev.cenote.protocols.Verdict.CallFate.COMMIT_UNKNOWN;
import static dev.cenote.protocols.Verdict.CallFate.NOT_EXECUTED;
import static dev.cenote.protocols.Verdict.CallFate.PERMANENT;
import static dev.cenote.protocols.Verdict.CallFate.ROLLED_BACK;
import static dev.cenote.protocols.Verdict.CallFate.UNKNOWN;
import static dev.cenote.protocols.Verdict.ConnectionFate.CLEAR;
import static dev.cenote.protocols.Verdict.ConnectionFate.EVICT;
import static dev.cenote.protocols.Verdict.ConnectionFate.KEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.SessionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MongoClassifierTest {
    private static final ServerAddress AT = new ServerAddress("db1", 27017);

    private final MongoClassifier classifier = new MongoClassifier();

    private static MongoCommandException command(int code, String... labels) {
        String quoted = Stream.of(labels)
                .map(label -> "'" + label + "'")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return new MongoCommandException(
                BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'e', errorLabels: [" + quoted + "]}"), AT);
    }

    private static <E extends MongoException> E labelled(E error, String... labels) {
        Stream.of(labels).forEach(error::addLabel);
        return error;
    }

    private static MongoSocketException read() {
        return new MongoSocketReadException("Prematurely reached end of stream", AT);
    }

    private static MongoSocketException readTimeout() {
        return new MongoSocketReadTimeoutException(
                "Timeout while receiving message", AT, new SocketTimeoutException("Read timed out"));
    }

    private static MongoBulkWriteException bulk(List<BulkWriteError> errors, WriteConcernError concern) {
        return new MongoBulkWriteException(BulkWriteResult.unacknowledged(), errors, concern, AT, Set.of());
    }

    private static MongoSecurityException security(Throwable cause) {
        return new MongoSecurityException(
                MongoCredential.createCredential("u", "admin", new char[] {'p'}), "Exception authenticating", cause);
    }

    static Stream<Arguments> executing() {
        return Stream.of(
                arguments("read failed", read(), EVICT, UNKNOWN),
                arguments("no reply in time", readTimeout(), EVICT, UNKNOWN),
                arguments(
                        "socket not opened",
                        new MongoSocketOpenException("Exception opening socket", AT, new ConnectException()),
                        EVICT,
                        NOT_EXECUTED),
                arguments("server selection", new MongoTimeoutException("Timed out"), EVICT, NOT_EXECUTED),
                arguments(
                        "deadline while waiting for a server",
                        new MongoOperationTimeoutException("Timed out while waiting for a server that matches x"),
                        EVICT,
                        NOT_EXECUTED),
                arguments(
                        "deadline while a reply was due",
                        new MongoOperationTimeoutException("Operation exceeded the timeout limit.", readTimeout()),
                        EVICT,
                        UNKNOWN),
                arguments(
                        "deadline that the server kept",
                        new MongoOperationTimeoutException(
                                "Operation exceeded the timeout limit.", new MongoExecutionTimeoutException(50, "e")),
                        KEEP,
                        UNKNOWN),
                arguments("maxTimeMS", new MongoExecutionTimeoutException(50, "e"), KEEP, UNKNOWN),
                arguments("no server", new NoServerAnswersException("x", null), EVICT, NOT_EXECUTED),
                arguments(
                        "pool cleared",
                        new MongoConnectionPoolClearedException(
                                new ServerId(new ClusterId(), AT), new IOException("e")),
                        EVICT,
                        NOT_EXECUTED),
                arguments("pool cleared, by label", labelled(read(), "PoolClearedError"), EVICT, NOT_EXECUTED),
                arguments(
                        "no writes performed",
                        labelled(read(), "RetryableWriteError", "NoWritesPerformed"),
                        EVICT,
                        NOT_EXECUTED),
                arguments("retryable write", labelled(read(), "RetryableWriteError"), EVICT, UNKNOWN),
                arguments("overloaded", command(462, "SystemOverloadedError", "RetryableError"), KEEP, UNKNOWN),
                arguments(
                        "overloaded, no writes performed",
                        command(462, "SystemOverloadedError", "RetryableError", "NoWritesPerformed"),
                        KEEP,
                        NOT_EXECUTED),
                arguments("overloaded, not retryable", command(462, "SystemOverloadedError"), KEEP, PERMANENT),
                arguments("transient transaction error", command(251, "TransientTransactionError"), KEEP, ROLLED_BACK),
                arguments(
                        "network error in a transaction",
                        labelled(read(), "TransientTransactionError"),
                        EVICT,
                        ROLLED_BACK),
                arguments("write conflict", command(112), KEEP, ROLLED_BACK),
                arguments("interrupted", new MongoInterruptedException("e", new InterruptedException()), KEEP, UNKNOWN),
                arguments("wrong password", security(command(18)), EVICT, PERMANENT),
                arguments("network while authenticating", security(read()), EVICT, NOT_EXECUTED),
                arguments("not a MongoDB server", new MongoInternalException("length"), EVICT, UNKNOWN),
                arguments("no sessions", new MongoClientException("no sessions"), KEEP, PERMANENT),
                arguments("not primary", new MongoNotPrimaryException(code(10107), AT), KEEP, UNKNOWN),
                arguments("recovering", new MongoNodeIsRecoveringException(code(13436), AT), KEEP, UNKNOWN),
                arguments("shutting down", new MongoNodeIsRecoveringException(code(11600), AT), CLEAR, UNKNOWN),
                arguments("shutdown in progress", command(91), CLEAR, UNKNOWN),
                arguments("a router's network", command(6), EVICT, UNKNOWN),
                arguments("killed", command(11601), KEEP, UNKNOWN),
                arguments("cursor not found", new MongoCursorNotFoundException(1, code(43), AT), KEEP, UNKNOWN),
                arguments("duplicate key", writeError(11000), KEEP, PERMANENT),
                arguments("unauthorized", command(13), KEEP, PERMANENT),
                arguments("authentication failed", command(18), KEEP, PERMANENT),
                arguments("bad value", command(2), KEEP, PERMANENT),
                arguments("write concern time-out", new MongoWriteConcernException(concern(64), AT), KEEP, UNKNOWN),
                arguments("write concern at shutdown", new MongoWriteConcernException(concern(91), AT), CLEAR, UNKNOWN),
                arguments(
                        "bulk with a duplicate",
                        bulk(List.of(new BulkWriteError(11000, "e", new BsonDocument(), 0)), null),
                        KEEP,
                        PERMANENT),
                arguments("bulk with a write concern error alone", bulk(List.of(), concern(100)), KEEP, UNKNOWN),
                arguments("no codec", new CodecConfigurationException("e"), KEEP, PERMANENT),
                arguments("caller's mistake", new IllegalArgumentException("e"), KEEP, PERMANENT),
                arguments("misuse", new SessionException("e"), KEEP, PERMANENT),
                arguments("anything else", new IllegalStateException("state should be: open"), EVICT, UNKNOWN));
    }

    private static BsonDocument code(int code) {
        return BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'e'}");
    }

    private static WriteConcernError concern(int code) {
        return new WriteConcernError(code, "name", "e", new BsonDocument());
    }

    private static MongoWriteException writeError(int code) {
        return new MongoWriteException(new WriteError(code, "e", new BsonDocument()), AT, Set.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executing")
    void verdictOnAnOperation(String what, Throwable error, ConnectionFate connection, CallFate call) {
        var expected = new Verdict(connection, call);
        assertThat(classifier.classify(error, Phase.EXECUTE)).as(what).isEqualTo(expected);
        assertThat(classifier.classify(new CompletionException(error), Phase.EXECUTE))
                .as(what + ", wrapped")
                .isEqualTo(expected);
    }

    static Stream<Arguments> connecting() {
        return Stream.of(
                arguments("refused", new MongoSocketOpenException("e", AT), EVICT, NOT_EXECUTED),
                arguments("silent", readTimeout(), EVICT, NOT_EXECUTED),
                arguments("no server", new NoServerAnswersException("x", read()), EVICT, NOT_EXECUTED),
                arguments("late", new MongoOperationTimeoutException("e", readTimeout()), EVICT, NOT_EXECUTED),
                arguments("interrupted", new MongoInterruptedException("e", null), EVICT, NOT_EXECUTED),
                arguments("wrong password", security(command(18)), EVICT, PERMANENT),
                arguments("wrong password, refused outright", security(null), EVICT, PERMANENT),
                arguments("network while authenticating", security(read()), EVICT, NOT_EXECUTED),
                arguments("no right to ask", command(13), EVICT, PERMANENT),
                arguments("starting up", command(13436), EVICT, NOT_EXECUTED),
                arguments("overloaded", command(462, "SystemOverloadedError"), EVICT, NOT_EXECUTED),
                arguments("shutting down", command(91), CLEAR, NOT_EXECUTED),
                arguments("wrong option", new IllegalArgumentException("e"), EVICT, PERMANENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("connecting")
    void verdictOnAConnect(String what, Throwable error, ConnectionFate connection, CallFate call) {
        assertThat(classifier.classify(error, Phase.CONNECT)).as(what).isEqualTo(new Verdict(connection, call));
        assertThat(classifier.classify(error, Phase.VALIDATE)).as(what).isEqualTo(new Verdict(connection, call));
    }

    static Stream<Arguments> committing() {
        return Stream.of(
                arguments("unknown", labelled(read(), "UnknownTransactionCommitResult"), EVICT, COMMIT_UNKNOWN),
                arguments("no reply, without a label", readTimeout(), EVICT, COMMIT_UNKNOWN),
                arguments("write concern", new MongoWriteConcernException(concern(64), AT), KEEP, COMMIT_UNKNOWN),
                arguments("aborted", command(251, "TransientTransactionError"), KEEP, ROLLED_BACK),
                arguments("refused", command(13), KEEP, PERMANENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("committing")
    void verdictOnACommit(String what, Throwable error, ConnectionFate connection, CallFate call) {
        assertThat(classifier.classify(error, Phase.COMMIT)).as(what).isEqualTo(new Verdict(connection, call));
    }

    @Test
    void readsMayBeTriedAgainOnTheCodesOfTheSpecification() {
        assertThat(IntStream.of(6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436))
                .allSatisfy(code -> {
                    Verdict verdict = classifier.classify(command(code), Phase.EXECUTE);
                    assertThat(verdict.isRetrySafe(Effect.READ_ONLY)).isTrue();
                    assertThat(verdict.isRetrySafe(Effect.NON_IDEMPOTENT)).isFalse();
                });
    }

    @Test
    void changeOfRoleKeepsTheConnections() {
        assertThat(IntStream.of(10107, 13435, 10058, 11602, 13436, 189))
                .allSatisfy(code -> assertThat(classifier
                                .classify(command(code), Phase.EXECUTE)
                                .connection())
                        .isEqualTo(KEEP));
    }

    @Test
    void cycleOfCausesEnds() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        assertThat(classifier.classify(first, Phase.EXECUTE)).isEqualTo(new Verdict(EVICT, UNKNOWN));
    }

    @Test
    void anErrorIsKnownByItsCodeThenItsLabels() {
        assertThat(classifier.codes(new CompletionException(command(462, "SystemOverloadedError", "RetryableError"))))
                .containsExactly("462", "RetryableError", "SystemOverloadedError");
        assertThat(classifier.codes(labelled(read(), "RetryableWriteError")))
                .containsExactly("MongoSocketReadException", "RetryableWriteError");
        assertThat(classifier.codes(bulk(List.of(), concern(64)))).contains("64");
        assertThat(classifier.codes(new IllegalStateException())).isEmpty();
    }

    @Test
    void onlyAnOverloadedServerIsLeftAlone() {
        assertThat(classifier.pushBack(new CompletionException(command(462, "SystemOverloadedError"))))
                .contains(Duration.ofMillis(100));
        assertThat(classifier.pushBack(labelled(read(), "RetryableError"))).isEmpty();
        assertThat(classifier.pushBack(new IllegalStateException())).isEmpty();
    }
}
