package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.io.EOFException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** The rows of the table that a test server cannot easily be made to give. */
class PostgresClassifierTest {
    private final PostgresClassifier classifier = new PostgresClassifier();

    private static PSQLException answer(String severity, String state, String message) {
        return new PSQLException(
                new ServerErrorMessage("S" + severity + "\0V" + severity + "\0C" + state + "\0M" + message + "\0"));
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, 40001, KEEP, ROLLED_BACK",
        "ERROR, 40P01, KEEP, ROLLED_BACK",
        "ERROR, 55P03, KEEP, ROLLED_BACK",
        "ERROR, 40003, KEEP, UNKNOWN",
        "ERROR, 57014, KEEP, UNKNOWN",
        "ERROR, 0A000, KEEP, PERMANENT",
        "ERROR, P0001, KEEP, PERMANENT",
        "ERROR, 25P02, KEEP, PERMANENT",
        "ERROR, 53200, EVICT, ROLLED_BACK",
        "ERROR, 58030, EVICT, UNKNOWN",
        "ERROR, XX000, EVICT, UNKNOWN",
        "FATAL, F0000, EVICT, UNKNOWN",
        "FATAL, 42501, EVICT, UNKNOWN",
        "PANIC, XX000, EVICT, UNKNOWN",
        "FATAL, 57P01, CLEAR, UNKNOWN",
        "FATAL, 57P02, CLEAR, UNKNOWN",
        "FATAL, 57P03, CLEAR, UNKNOWN",
        "FATAL, 57P05, EVICT, NOT_EXECUTED",
        "FATAL, 25P03, EVICT, ROLLED_BACK",
        "FATAL, 25P04, EVICT, ROLLED_BACK",
        "ERROR, 25006, CLEAR, ROLLED_BACK",
    })
    void answersOfTheServer(String severity, String state, ConnectionFate connection, CallFate call) {
        assertThat(classifier.classify(answer(severity, state, "text"), Phase.EXECUTE))
                .isEqualTo(new Verdict(connection, call));
    }

    @Test
    void queueTimeoutOfPgBouncerNeverRan() {
        assertThat(classifier.classify(answer("FATAL", "08P01", "query_wait_timeout"), Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void lostConnectionIsUnknown() {
        var lost = new PSQLException("lost", PSQLState.CONNECTION_FAILURE, new EOFException());
        assertThat(classifier.classify(new ExecutionException(lost), Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
        assertThat(classifier.classify(lost, Phase.COMMIT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
        assertThat(classifier.classify(lost, Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void startingServerIsNotExecutedAndClears() {
        assertThat(classifier.classify(answer("FATAL", "57P03", "starting up"), Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED));
    }

    @Test
    void unknownErrorsGetTheCarefulVerdict() {
        var careful = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
        assertThat(classifier.classify(new SQLException("no state"), Phase.EXECUTE))
                .isEqualTo(careful);
        assertThat(classifier.classify(new IllegalStateException(), Phase.EXECUTE))
                .isEqualTo(careful);
        assertThat(classifier
                        .classify(new IllegalStateException(), Phase.COMMIT)
                        .call())
                .isEqualTo(CallFate.COMMIT_UNKNOWN);
    }

    @Test
    void anErrorIsKnownByItsState() {
        assertThat(classifier.codes(new ExecutionException(answer("ERROR", "40001", "text"))))
                .containsExactly("40001");
        assertThat(classifier.codes(new SQLException("no state"))).isEmpty();
        assertThat(classifier.codes(new IllegalStateException())).isEmpty();
    }

    @Test
    void onlyAServerThatIsFullOrNotServingIsLeftAlone() {
        for (String state : List.of("53300", "57P03")) {
            assertThat(classifier.pushBack(new ExecutionException(answer("FATAL", state, "text"))))
                    .contains(Duration.ofMillis(200));
        }
        for (String state : List.of("57P01", "40001", "53200")) {
            assertThat(classifier.pushBack(answer("ERROR", state, "text"))).isEmpty();
        }
        assertThat(classifier.pushBack(new IllegalStateException())).isEmpty();
    }
}
