package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads errors as the product does whose connections these are, once that is known. Thread-safe. */
final class ProductClassifier implements Classifier {
    private volatile Classifier current;

    ProductClassifier(Classifier first) {
        this.current = first;
    }

    /** The one of a product, or the one that goes by SQLSTATE and the type of the exception alone. */
    static Classifier of(Optional<JdbcProduct> product) {
        return product.map(JdbcProduct::classifier).orElseGet(SqlStateClassifier::new);
    }

    void become(Classifier other) {
        current = other;
    }

    @Override
    public Verdict classify(Throwable error, Phase phase) {
        if (phase == Phase.CONNECT && isWronglySet(error)) {
            return new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT);
        }
        return current.classify(error, phase);
    }

    /** What connecting again cannot mend. */
    private static boolean isWronglySet(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof ConfigurationException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> codes(Throwable error) {
        return current.codes(error);
    }

    @Override
    public List<KnownError> knownErrors() {
        return current.knownErrors();
    }

    @Override
    public Optional<Duration> pushBack(Throwable error) {
        return current.pushBack(error);
    }
}
