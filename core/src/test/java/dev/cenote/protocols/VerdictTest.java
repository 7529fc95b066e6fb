package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "NOT_EXECUTED,   true,  true,  true",
        "ROLLED_BACK,    true,  true,  true",
        "UNKNOWN,        true,  true,  false",
        "COMMIT_UNKNOWN, false, false, false",
        "PERMANENT,      false, false, false"
    })
    void retryIsSafeByFateAndEffect(CallFate fate, boolean reading, boolean idempotent, boolean other) {
        for (ConnectionFate connection : ConnectionFate.values()) {
            var verdict = new Verdict(connection, fate);
            assertThat(verdict.isRetrySafe(Effect.READ_ONLY)).isEqualTo(reading);
            assertThat(verdict.isRetrySafe(Effect.IDEMPOTENT)).isEqualTo(idempotent);
            assertThat(verdict.isRetrySafe(Effect.NON_IDEMPOTENT)).isEqualTo(other);
        }
    }
}
