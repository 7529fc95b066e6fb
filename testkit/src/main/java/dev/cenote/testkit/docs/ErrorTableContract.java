package dev.cenote.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict.CallFate;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That a classifier's known errors are what they claim to be, and that {@code docs/errors.md} says what it makes of them. */
public abstract class ErrorTableContract {
    /** For subclasses, which are stateless. */
    protected ErrorTableContract() {}

    /** The classifier. */
    protected abstract Classifier classifier();

    /** The backend's part of the page. */
    protected abstract String section();

    /** Codes of which the specification of the backend says something: there must be a known error for each. */
    protected abstract List<String> specified();

    @Test
    void thePageSaysWhatTheClassifierDoes() {
        new GeneratedSection(Path.of("../../docs/errors.md"), section()).check(ErrorTable.of(classifier()));
    }

    @Test
    void aSampleHasTheCodeThatItStandsFor() {
        for (KnownError known : classifier().knownErrors()) {
            Throwable sample = known.sample().get();
            assertThat(classifier().codes(sample)).as("%s: %s", known, sample).contains(known.code());
            assertThat(classifier().codes(new ExecutionException(sample)))
                    .as("wrapped")
                    .isEqualTo(classifier().codes(sample));
            assertThat(known.sample().get()).as("a new one each time").isNotSameAs(sample);
        }
    }

    @Test
    void everySpecifiedCodeIsKnown() {
        Set<String> known =
                classifier().knownErrors().stream().map(KnownError::code).collect(Collectors.toSet());
        assertThat(known).containsAll(specified());
    }

    @Test
    void noErrorIsListedTwice() {
        assertThat(classifier().knownErrors())
                .extracting(known -> known.code() + ": " + known.meaning())
                .doesNotHaveDuplicates();
    }

    /** Nothing of the caller's was sent yet; and what was sent at a commit may be anything but lost without a trace. */
    @Test
    void aPhaseBoundsWhatAVerdictCanSay() {
        for (KnownError known : classifier().knownErrors()) {
            Throwable sample = known.sample().get();
            assertThat(classifier().classify(sample, Phase.CONNECT).call())
                    .as("%s while connecting", known)
                    .isIn(CallFate.NOT_EXECUTED, CallFate.PERMANENT);
            assertThat(classifier().classify(sample, Phase.COMMIT).call())
                    .as("%s at commit", known)
                    .isNotEqualTo(CallFate.UNKNOWN);
        }
    }

    @Test
    void aServerIsLeftAloneOnlyForAMoment() {
        for (KnownError known : classifier().knownErrors()) {
            classifier()
                    .pushBack(known.sample().get())
                    .ifPresent(delay -> assertThat(delay.toMillis()).isBetween(1L, 1_000L));
        }
    }
}
