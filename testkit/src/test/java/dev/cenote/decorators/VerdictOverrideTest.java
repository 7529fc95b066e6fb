package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Users change a pool's verdicts. */
class VerdictOverrideTest extends ResilientFixture {
    @Test
    void aCallThatIsDeclaredNotExecutedIsTriedAgain() {
        try (FakePool pool = pool(options -> options.retry(retry)
                .verdictIf(
                        IOException.class::isInstance,
                        verdict -> verdict.withConnection(ConnectionFate.KEEP).withCall(CallFate.NOT_EXECUTED)))) {
            assertThat(pool.execute(breaking(2, Effect.NON_IDEMPOTENT))).isEqualTo(3);
            assertThat(pool.stats().created()).as("the connection was kept").isEqualTo(1);
        }
    }

    @Test
    void withoutAnOverrideTheVerdictStands() {
        try (FakePool pool = pool(options -> options.retry(retry)
                .verdictIf(
                        IllegalStateException.class::isInstance, verdict -> verdict.withCall(CallFate.NOT_EXECUTED)))) {
            assertThatThrownBy(() -> pool.execute(breaking(2, Effect.NON_IDEMPOTENT)))
                    .isInstanceOf(OperationFailedException.class);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void aBlankCodeIsRefused() {
        assertThatThrownBy(() -> FakePool.builder(database).verdict("", verdict -> verdict))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("code must not be blank, was \"\"");
    }
}
