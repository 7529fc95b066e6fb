package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.KnownError;
import dev.cenote.testkit.docs.ErrorTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
    private final PostgresClassifier classifier = new PostgresClassifier();

    @Test
    void theDocumentationSaysWhatTheCodeDoes() {
        assertThat(ErrorTable.of("PostgreSQL", classifier).differences()).isEmpty();
    }

    @Test
    void eachErrorHasTheCodesByWhichItIsListed() {
        for (KnownError error : classifier.knownErrors()) {
            if (!error.code().equals("none")) {
                assertThat(classifier.codes(error.sample().get()))
                        .as(error.meaning())
                        .containsAll(List.of(error.code().split(", ")));
            }
        }
    }
}
