package dev.cenote.protocols;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * An error that a {@link Classifier} knows: what users call it, what it means, and one to look at. What to make of it is
 * the classifier's verdict on the sample.
 *
 * <p>Its code and its meaning must not be blank, or a {@link dev.cenote.protocols.errors.ConfigurationException} says so.
 *
 * @param code the code by which users know it, one of {@link Classifier#codes} of its sample
 * @param meaning what happened, in a few words
 * @param sample makes a new exception with that code each time, as the driver throws it; opens no connection. It needs
 *     the driver's classes
 */
public record KnownError(String code, String meaning, Supplier<? extends Throwable> sample) {
    public KnownError {
        Check.notBlank("code", code);
        Check.notBlank("meaning", meaning);
        Objects.requireNonNull(sample, "sample");
    }
}
