package dev.cenote.decorators.annotations;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.OperationFailedException;

/** Stands for an error of another library's, with the verdict on it, while policies look at it. */
final class ForeignFailure extends OperationFailedException {
    private static final long serialVersionUID = 1L;

    private final transient Exception original;

    ForeignFailure(String call, Verdict verdict, Exception original) {
        super(call, verdict, original);
        this.original = original;
    }

    Exception original() {
        return original;
    }

    /** What {@code error} stands for; itself unless it stands for another. */
    static Exception original(Exception error) {
        return error instanceof ForeignFailure failure ? failure.original() : error;
    }
}
