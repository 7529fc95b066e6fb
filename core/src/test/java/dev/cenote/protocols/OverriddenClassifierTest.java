package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class OverriddenClassifierTest {
    private static final Verdict CAREFUL = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    /** Knows an error by its message, and is careful. */
    private static final class ByMessage implements Classifier {
        @Override
        public Verdict classify(Throwable error, Phase phase) {
            return CAREFUL;
        }

        @Override
        public List<String> codes(Throwable error) {
            return List.of("42", String.valueOf(error.getMessage()));
        }

        @Override
        public List<KnownError> knownErrors() {
            return List.of(new KnownError("A", "an error", () -> new IOException("A")));
        }

        @Override
        public Optional<Duration> pushBack(Throwable error) {
            return Optional.of(Duration.ofMillis(7));
        }
    }

    private final Classifier own = new ByMessage();
    private final IOException error = new IOException("A");

    @Test
    void anyOfTheCodesSelectsInEveryPhase() {
        for (String code : List.of("42", "A")) {
            Classifier changed = own.withVerdict(code, verdict -> verdict.withConnection(ConnectionFate.KEEP));
            for (Phase phase : Phase.values()) {
                assertThat(changed.classify(error, phase))
                        .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN));
            }
        }
    }

    @Test
    void otherErrorsKeepTheirVerdict() {
        assertThat(own.withVerdict("a", verdict -> verdict.withCall(CallFate.PERMANENT))
                        .classify(error, Phase.EXECUTE))
                .isEqualTo(CAREFUL);
    }

    @Test
    void aLaterOverrideSeesWhatAnEarlierOneMade() {
        Classifier changed = own.withVerdict("A", verdict -> verdict.withCall(CallFate.PERMANENT))
                .withVerdictIf(
                        any -> true,
                        verdict -> verdict.call() == CallFate.PERMANENT
                                ? verdict.withConnection(ConnectionFate.CLEAR)
                                : verdict);
        assertThat(changed.classify(error, Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.CLEAR, CallFate.PERMANENT));
    }

    @Test
    void aConditionIsAskedWithTheDriversException() {
        Classifier changed =
                own.withVerdictIf(asked -> asked == error, verdict -> verdict.withCall(CallFate.PERMANENT));
        for (Throwable wrapped : List.of(
                error,
                new ExecutionException(error),
                new CompletionException(new ExecutionException(error)),
                new DeadlineExceededException(error))) {
            assertThat(changed.classify(wrapped, Phase.EXECUTE).call()).isEqualTo(CallFate.PERMANENT);
        }
        assertThat(own.withVerdictIf(
                                ExecutionException.class::isInstance, verdict -> verdict.withCall(CallFate.PERMANENT))
                        .classify(new ExecutionException("no cause", null), Phase.EXECUTE)
                        .call())
                .isEqualTo(CallFate.PERMANENT);
    }

    @Test
    void anOverrideThatThrowsOrReturnsNullLeavesTheVerdict() {
        Classifier changed = own.withVerdict("A", verdict -> {
                    throw new IllegalStateException("broken");
                })
                .withVerdict("A", verdict -> null)
                .withVerdictIf(
                        any -> {
                            throw new NoClassDefFoundError("broken");
                        },
                        verdict -> verdict.withCall(CallFate.PERMANENT));
        assertThat(changed.classify(error, Phase.EXECUTE)).isEqualTo(CAREFUL);
        assertThat(changed.withVerdict("A", verdict -> verdict.withCall(CallFate.PERMANENT))
                        .classify(error, Phase.EXECUTE)
                        .call())
                .as("a later one still works")
                .isEqualTo(CallFate.PERMANENT);
    }

    @Test
    void allElseIsTheClassifiersOwn() {
        Classifier changed = own.withVerdictIf(any -> true, verdict -> verdict);
        assertThat(changed.codes(error)).isEqualTo(own.codes(error));
        assertThat(changed.knownErrors()).hasSize(1);
        assertThat(changed.pushBack(error)).contains(Duration.ofMillis(7));
    }

    @Test
    void aBlankCodeIsRefused() {
        assertThatThrownBy(() -> own.withVerdict(" ", verdict -> verdict))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("code must not be blank, was \" \"");
        assertThatThrownBy(() -> new KnownError("A", "", IOException::new))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("meaning must not be blank");
    }

    @Test
    void aClassifierOfOneMethodKnowsNoCodes() {
        Classifier plain = (failure, phase) -> CAREFUL;
        assertThat(plain.codes(error)).isEmpty();
        assertThat(plain.knownErrors()).isEmpty();
        assertThat(plain.pushBack(error)).isEmpty();
    }
}
