package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.io.EOFException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the table that a test server cannot easily be made to give. */
class MySqlClassifierTest {
    private final MySqlClassifier classifier = new MySqlClassifier();

    @ParameterizedTest
    @CsvSource({
        "1053, 08S01, text, CLEAR, UNKNOWN",
        "1290, HY000, running with the --read-only option, CLEAR, ROLLED_BACK",
        "1290, HY000, running with the --super-read-only option, CLEAR, ROLLED_BACK",
        "1290, HY000, running with the --secure-file-priv option, KEEP, PERMANENT",
        "1792, 25006, text, CLEAR, ROLLED_BACK",
        "1836, HY000, text, CLEAR, ROLLED_BACK",
        "1213, 40001, text, KEEP, ROLLED_BACK",
        "1205, 40001, text, KEEP, ROLLED_BACK",
        "1205, HY000, text, KEEP, ROLLED_BACK",
        "1614, XA102, text, KEEP, ROLLED_BACK",
        "3572, HY000, text, KEEP, ROLLED_BACK",
        "1317, 70100, text, KEEP, UNKNOWN",
        "3024, HY000, text, KEEP, UNKNOWN",
        "1969, 70100, text, KEEP, UNKNOWN",
        "1927, 70100, text, EVICT, UNKNOWN",
        "2002, HY000, text, EVICT, UNKNOWN",
        "2003, HY000, text, EVICT, UNKNOWN",
        "2006, HY000, text, EVICT, UNKNOWN",
        "2013, HY000, text, EVICT, UNKNOWN",
        "4031, HY000, text, EVICT, UNKNOWN",
        "1158, 08S01, text, EVICT, UNKNOWN",
        "0, 08S01, text, EVICT, UNKNOWN",
        "0, 08003, text, EVICT, UNKNOWN",
        "1062, 23000, text, KEEP, PERMANENT",
        "0, S1009, text, KEEP, PERMANENT",
        "0, HY000, text, EVICT, UNKNOWN",
    })
    void codes(int code, String state, String text, ConnectionFate connection, CallFate call) {
        assertThat(classifier.classify(new SQLException(text, state, code), Phase.EXECUTE))
                .isEqualTo(new Verdict(connection, call));
    }

    @Test
    void lostCommitIsUnknown() {
        var lost = new SQLException("lost", "08S01", new EOFException());
        assertThat(classifier.classify(lost, Phase.COMMIT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN));
    }

    @Test
    void tooManyConnectionsMayPass() {
        assertThat(classifier.classify(new SQLException("full", "08004", 1040), Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @ParameterizedTest
    @CsvSource({"2002, HY000", "2003, HY000", "1040, 08004", "2006, HY000"})
    void whatEndsAConnectMayPass(int code, String state) {
        assertThat(classifier.classify(new SQLException("text", state, code), Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void anErrorIsKnownByItsNumberThenItsState() {
        assertThat(classifier.codes(new ExecutionException(new SQLException("text", "40001", 1213))))
                .containsExactly("1213", "40001");
        assertThat(classifier.codes(new SQLException("lost", "08S01"))).containsExactly("08S01");
        assertThat(classifier.codes(new SQLException("bare"))).isEmpty();
        assertThat(classifier.codes(new IllegalStateException())).isEmpty();
    }

    @Test
    void onlyAFullServerIsLeftAlone() {
        assertThat(classifier.pushBack(new ExecutionException(new SQLException("full", "08004", 1040))))
                .contains(Duration.ofMillis(200));
        assertThat(classifier.pushBack(new SQLException("deadlock", "40001", 1213)))
                .isEmpty();
        assertThat(classifier.pushBack(new SQLException("shutdown", "08S01", 1053)))
                .isEmpty();
    }
}
