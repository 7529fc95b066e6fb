package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What errors say of a driver's. */
class MessagesTest {
    private static final Verdict VERDICT = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
    private static final Throwable DRIVERS = new IOException("lost redis://app:geheim@db.example/0 while reading");

    static Stream<String> messages() {
        return Stream.of(
                CenoteException.describe(DRIVERS),
                CenoteException.describe(new IOException(DRIVERS)),
                message(new OperationFailedException("GET", VERDICT, DRIVERS)),
                message(new OperationFailedException("GET", VERDICT, new IOException(null, DRIVERS) {
                    @Override
                    public String toString() {
                        return DRIVERS.toString();
                    }
                })),
                message(new OperationTimeoutException("GET", VERDICT, Duration.ofMillis(1), DRIVERS)),
                message(new CommitUnknownException(VERDICT, DRIVERS)));
    }

    private static String message(Throwable error) {
        return String.valueOf(error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void haveTheDriversWordsWithoutPasswords(String message) {
        assertThat(message)
                .contains("lost redis://app:***@db.example/0 while reading")
                .doesNotContain("geheim");
    }
}
