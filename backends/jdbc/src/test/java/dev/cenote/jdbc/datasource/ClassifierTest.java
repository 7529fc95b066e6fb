package dev.cenote.jdbc.datasource;

import static dev.cenote.protocols.Verdict.ConnectionFate.EVICT;
import static dev.cenote.protocols.Verdict.ConnectionFate.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What errors mean of a database that no module knows. */
class ClassifierTest {
    private final SqlStateClassifier classifier = new SqlStateClassifier();

    @ParameterizedTest
    @CsvSource({
        "08000, EVICT, UNKNOWN",
        "08003, EVICT, UNKNOWN",
        "08006, EVICT, UNKNOWN",
        "08S01, EVICT, UNKNOWN",
        "08P01, EVICT, UNKNOWN",
        "01002, EVICT, UNKNOWN",
        "57P01, EVICT, UNKNOWN",
        "57P02, EVICT, UNKNOWN",
        "57P03, EVICT, UNKNOWN",
        "57P05, EVICT, UNKNOWN",
        "57014, KEEP, UNKNOWN",
        "HYT00, KEEP, UNKNOWN",
        "40001, KEEP, ROLLED_BACK",
        "40002, KEEP, ROLLED_BACK",
        "40P01, KEEP, ROLLED_BACK",
        "40003, KEEP, UNKNOWN",
        "0A000, KEEP, PERMANENT",
        "23505, KEEP, PERMANENT",
        "42000, KEEP, PERMANENT",
        "22012, KEEP, PERMANENT",
        "53300, KEEP, UNKNOWN",
        "HY000, KEEP, UNKNOWN"
    })
    void readsTheState(String state, ConnectionFate connection, CallFate call) {
        var verdict = classifier.classify(new SQLException("it says", state), Phase.EXECUTE);
        assertThat(verdict.connection()).isEqualTo(connection);
        assertThat(verdict.call()).isEqualTo(call);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(new SQLTransientConnectionException("gone"), EVICT),
                Arguments.of(new SQLNonTransientConnectionException("gone"), EVICT),
                Arguments.of(new SQLRecoverableException("gone"), EVICT),
                Arguments.of(new SQLException("gone", new SocketTimeoutException("read")), EVICT),
                // A statement that took too long is not a broken connection, unless the network says so.
                Arguments.of(new SQLTimeoutException("too long"), KEEP),
                Arguments.of(new SQLTimeoutException("too long", "57014"), KEEP),
                Arguments.of(new SQLTimeoutException("too long", new SocketTimeoutException("read")), EVICT),
                Arguments.of(new SQLFeatureNotSupportedException("not here"), KEEP),
                Arguments.of(new SQLSyntaxErrorException("what?", "42000"), KEEP),
                Arguments.of(new SQLTransactionRollbackException("deadlock", "40001"), KEEP),
                Arguments.of(new BatchUpdateException("one failed", "23505", 0, new int[0]), KEEP),
                // No driver threw it: nobody knows where it left the protocol.
                Arguments.of(new IllegalStateException("driver"), EVICT));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsTheType(Exception failure, ConnectionFate fate) {
        assertThat(classifier.classify(failure, Phase.EXECUTE).connection()).isEqualTo(fate);
    }

    @Test
    void whatIsSetWronglyIsNotTriedAgain() {
        var product = new ProductClassifier(classifier);
        var failure = new IllegalStateException(new ConfigurationException("resetPolicy must be DIRTY"));
        assertThat(product.classify(failure, Phase.CONNECT).call()).isEqualTo(CallFate.PERMANENT);
        assertThat(product.classify(new SQLException("no", "08001"), Phase.CONNECT)
                        .call())
                .isEqualTo(CallFate.NOT_EXECUTED);
        assertThat(product.codes(new SQLException("no", "08001"))).containsExactly("08001");
    }
}
