package dev.cenote.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadingTest {
    private static Verdict verdict(ConnectionFate connection) {
        return new Verdict(connection, CallFate.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void aVerdictIsAFailureUnlessItKeepsTheConnection(ConnectionFate connection) {
        var failed = new OperationFailedException("query", verdict(connection), new IOException("reset"));
        var expected = connection == ConnectionFate.KEEP ? Reading.ANSWERED : Reading.FAILED;
        assertThat(Reading.of(failed)).isEqualTo(expected);
        assertThat(Reading.of(new CompletionException(failed))).isEqualTo(expected);
    }

    @Test
    void aMistakeOfTheCallersIsAnAnswerThoughItEndsTheConnection() {
        var wrongPassword = new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT);
        assertThat(Reading.of(new OperationFailedException("AUTH", wrongPassword, new IOException("WRONGPASS"))))
                .isEqualTo(Reading.ANSWERED);
    }

    @Test
    void whatNeverReachedTheServerSaysNothing() {
        var unsent = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);
        for (Throwable silent : List.of(
                new PoolClosedException("db", "is closed"),
                new PoolClearedException("db", "was cleared"),
                new AcquireInterruptedException("db", "was interrupted"),
                new StaleConnectionException(1, "expired"),
                new ConfigurationException("wrong"),
                new OperationTimeoutException("query", unsent, Duration.ZERO, null),
                new CancellationException(),
                new InterruptedException(),
                new StackOverflowError())) {
            assertThat(Reading.of(silent)).as("%s", silent).isEqualTo(Reading.SILENT);
        }
    }

    @Test
    void anInterruptSaysNothingHoweverDeepItLies() {
        var interrupted = new IOException("broken", new InterruptedException());
        var failed = new OperationFailedException("query", verdict(ConnectionFate.EVICT), interrupted);
        assertThat(Reading.of(failed)).isEqualTo(Reading.SILENT);
    }

    @Test
    void aSocketTimeoutIsNoInterrupt() {
        assertThat(Reading.of(new SocketTimeoutException("read timed out"))).isEqualTo(Reading.FAILED);
    }

    @Test
    void aFailedConnectAndAForeignErrorAreFailures() {
        var refused = new IOException("refused");
        var connect = new ConnectionFailedException("db", "cannot connect", verdict(ConnectionFate.EVICT), refused);
        assertThat(Reading.of(connect)).isEqualTo(Reading.FAILED);
        assertThat(Reading.of(refused)).isEqualTo(Reading.FAILED);
    }

    @Test
    void aCallIsReadAndItsErrorThrownUnchanged() throws Exception {
        CircuitBreaker circuit = CircuitBreaker.builder().failureThreshold(1).build();
        var keep = new OperationFailedException("query", verdict(ConnectionFate.KEEP), new IOException("duplicate"));
        assertThatThrownBy(() -> circuit.call(() -> {
                    throw keep;
                }))
                .isSameAs(keep);
        assertThat(circuit.call(() -> "answer")).isEqualTo("answer");
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        var reset = new IOException("reset");
        assertThatThrownBy(() -> circuit.call(() -> {
                    throw reset;
                }))
                .isSameAs(reset);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }
}
