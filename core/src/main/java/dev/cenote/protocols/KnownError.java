package dev.cenote.protocols;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * An error that a {@link Classifier} knows, for documentation that is made from the code.
 *
 * @param code by which users know it: an SQLSTATE, a number, a prefix, a label
 * @param meaning what it says, in a few words
 * @param sample makes an exception as the driver throws it; what the classifier says of that is what it says of the code
 */
public record KnownError(String code, String meaning, Supplier<? extends Throwable> sample) {
    public KnownError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(sample, "sample");
    }
}
