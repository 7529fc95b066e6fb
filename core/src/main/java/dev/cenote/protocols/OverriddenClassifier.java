package dev.cenote.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A classifier with one verdict changed by the user; several are one around another, the last given outermost. */
final class OverriddenClassifier implements Classifier {
    private static final System.Logger LOG = System.getLogger("dev.cenote.protocols");

    private final Classifier inner;
    private final Predicate<Throwable> when;
    private final UnaryOperator<Verdict> change;

    OverriddenClassifier(Classifier inner, Predicate<Throwable> when, UnaryOperator<Verdict> change) {
        this.inner = inner;
        this.when = Objects.requireNonNull(when, "when");
        this.change = Objects.requireNonNull(change, "change");
    }

    @Override
    public Verdict classify(Throwable error, Phase phase) {
        Verdict verdict = inner.classify(error, phase);
        try {
            return when.test(unwrapped(error)) ? changed(verdict) : verdict;
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(System.Logger.Level.WARNING, "an override of a verdict threw; " + verdict + " stays", thrown);
            return verdict;
        }
    }

    private Verdict changed(Verdict verdict) {
        Verdict changed = change.apply(verdict);
        if (changed == null) {
            LOG.log(System.Logger.Level.WARNING, "an override of a verdict returned null; " + verdict + " stays");
            return verdict;
        }
        return changed;
    }

    /** What the driver threw, not what the machinery around it put there. */
    private static Throwable unwrapped(Throwable error) {
        Throwable at = error;
        while (at instanceof ExecutionException
                || at instanceof CompletionException
                || at instanceof DeadlineExceededException) {
            Throwable cause = at.getCause();
            if (cause == null) {
                break;
            }
            at = cause;
        }
        return at;
    }

    @Override
    public List<String> codes(Throwable error) {
        return inner.codes(error);
    }

    @Override
    public List<KnownError> knownErrors() {
        return inner.knownErrors();
    }

    @Override
    public Optional<Duration> pushBack(Throwable error) {
        return inner.pushBack(error);
    }
}
