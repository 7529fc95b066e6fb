package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.RetriesExhaustedException.Attempt;
import dev.cenote.protocols.errors.RetriesExhaustedException.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorAttributesTest {
    private static final Verdict VERDICT = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    private static OperationFailedException failed(Throwable cause) {
        return new OperationFailedException("find orders", VERDICT, cause);
    }

    private static RetriesExhaustedException exhausted(Throwable last) {
        return new RetriesExhaustedException(
                "find orders", List.of(new Attempt(1, Duration.ZERO, Duration.ZERO, last)), Ending.MOST_RETRIES);
    }

    private static ErrorAttributes withoutCode(Class<?> type) {
        return new ErrorAttributes(Optional.empty(), type.getName());
    }

    @Test
    void aCodeOfTheServerIsTheTypeToo() {
        assertThat(ErrorAttributes.of(failed(new IOException("gone")), List.of("57P01")))
                .isEqualTo(new ErrorAttributes(Optional.of("57P01"), "57P01"));
    }

    @Test
    void ofSeveralCodesTheFirstIsTold() {
        assertThat(ErrorAttributes.of(new IOException("duplicate"), List.of("1062", "23000"))
                        .statusCode())
                .hasValue("1062");
    }

    @Test
    void withoutACodeItIsTheClassOfTheError() {
        assertThat(ErrorAttributes.of(new IOException("gone"), List.of())).isEqualTo(withoutCode(IOException.class));
    }

    @Test
    void whatSaysOnlyThatSomethingFailedIsNoType() {
        var cause = new IOException("gone");
        List.of(
                        failed(cause),
                        exhausted(failed(cause)),
                        new CompletionException(exhausted(failed(cause))),
                        new ExecutionException(cause))
                .forEach(wrapper ->
                        assertThat(ErrorAttributes.of(wrapper, List.of())).isEqualTo(withoutCode(IOException.class)));
    }

    @Test
    void whatSaysMoreThanItsCauseIsTheType() {
        var lost = new CommitUnknownException(VERDICT, new IOException("gone"));
        assertThat(ErrorAttributes.of(exhausted(lost), List.of())).isEqualTo(withoutCode(CommitUnknownException.class));
        assertThat(ErrorAttributes.of(new UncheckedIOException(new IOException("gone")), List.of()))
                .isEqualTo(withoutCode(UncheckedIOException.class));
    }

    @Test
    void aWrapperOfNothingIsTheType() {
        assertThat(ErrorAttributes.of(new OperationFailedException("find orders", VERDICT, null), List.of()))
                .isEqualTo(withoutCode(OperationFailedException.class));
    }

    @Test
    void theNameOfADriversClassIsNoCodeOfTheServer() {
        assertThat(ErrorAttributes.of(exhausted(failed(new IOException("gone"))), List.of("IOException")))
                .isEqualTo(withoutCode(IOException.class));
    }

    @Test
    void itsTypeIsNotBlank() {
        assertThatThrownBy(() -> new ErrorAttributes(Optional.empty(), " ")).hasMessageContaining("type");
    }
}
