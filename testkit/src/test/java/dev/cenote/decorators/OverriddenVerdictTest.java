package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OverriddenVerdictTest extends ResilientFixture {
    private Verdict verdict(FakePool pool) {
        return catchThrowableOfType(
                        OperationFailedException.class, () -> pool.execute(breaking(1, Effect.NON_IDEMPOTENT)))
                .verdict();
    }

    @Test
    void eitherHalfCanBeChangedInEitherDirection() {
        try (var pool = pool(options -> options.verdictIf(
                        IOException.class::isInstance, verdict -> verdict.withConnection(ConnectionFate.KEEP))
                .verdictIf(error -> true, verdict -> verdict.withCall(CallFate.PERMANENT)))) {
            assertThat(verdict(pool)).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
            assertThat(pool.stats().idle()).isEqualTo(1);
            assertAtRest(pool);
        }
    }

    @Test
    void aLaterChangeSeesTheVerdictOfAnEarlierOne() {
        try (var pool =
                pool(options -> options.verdictIf(error -> true, verdict -> verdict.withCall(CallFate.ROLLED_BACK))
                        .verdictIf(error -> true, verdict -> {
                            assertThat(verdict.call()).isEqualTo(CallFate.ROLLED_BACK);
                            return verdict.withCall(CallFate.PERMANENT);
                        }))) {
            assertThat(verdict(pool).call()).isEqualTo(CallFate.PERMANENT);
        }
    }

    @Test
    void theRetryFollowsTheChangedVerdict() {
        try (var pool = pool(options ->
                options.retry(retry).verdictIf(error -> true, verdict -> verdict.withCall(CallFate.NOT_EXECUTED)))) {
            assertThat(pool.execute(breaking(2, Effect.NON_IDEMPOTENT))).isEqualTo(3);
        }
    }

    @Test
    void aChangeThatThrowsOrGivesNothingChangesNothing() {
        try (var pool = pool(options -> options.verdictIf(
                        error -> {
                            throw new IllegalStateException("broken");
                        },
                        verdict -> verdict.withCall(CallFate.PERMANENT))
                .verdictIf(error -> true, verdict -> null))) {
            assertThat(verdict(pool)).isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
        }
    }

    @Test
    void aBlankCodeIsRefused() {
        assertThatThrownBy(() -> FakePool.builder(database).verdict(" ", verdict -> verdict))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("code must not be blank, was \" \"");
    }
}
