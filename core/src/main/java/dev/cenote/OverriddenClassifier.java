package dev.cenote;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** A backend's classifier, some of whose verdicts a user has changed. */
final class OverriddenClassifier implements Classifier {
    private static final System.Logger LOG = System.getLogger("dev.cenote");

    /** A change of the verdicts on some errors; the predicate is asked with the error and its codes. */
    record Override(BiPredicate<Throwable, List<String>> when, UnaryOperator<Verdict> change) {}

    private final Classifier classifier;
    private final List<Override> overrides;

    private OverriddenClassifier(Classifier classifier, List<Override> overrides) {
        this.classifier = classifier;
        this.overrides = overrides;
    }

    /** {@code classifier} with these changes, made in their order. */
    static Classifier of(Classifier classifier, List<Override> overrides) {
        return overrides.isEmpty() ? classifier : new OverriddenClassifier(classifier, List.copyOf(overrides));
    }

    @java.lang.Override
    public Verdict classify(Throwable error, Phase phase) {
        Verdict verdict = classifier.classify(error, phase);
        List<String> codes = classifier.codes(error);
        for (Override override : overrides) {
            verdict = changed(override, verdict, error, codes);
        }
        return verdict;
    }

    /** What throws changes nothing: the backend's verdict is the better guess. */
    private static Verdict changed(Override override, Verdict verdict, Throwable error, List<String> codes) {
        try {
            return override.when().test(error, codes)
                    ? Objects.requireNonNull(override.change().apply(verdict), "verdict")
                    : verdict;
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(System.Logger.Level.WARNING, "an override of verdicts threw", thrown);
            return verdict;
        }
    }

    @java.lang.Override
    public Optional<Duration> pushBack(Throwable error) {
        return classifier.pushBack(error);
    }

    @java.lang.Override
    public List<String> codes(Throwable error) {
        return classifier.codes(error);
    }

    @java.lang.Override
    public List<KnownError> knownErrors() {
        return classifier.knownErrors();
    }
}
