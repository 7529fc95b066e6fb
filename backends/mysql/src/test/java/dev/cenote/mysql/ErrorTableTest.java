package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.KnownError;
import dev.cenote.testkit.docs.ErrorTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
    private final MySqlClassifier classifier = new MySqlClassifier();

    @Test
    void theDocumentationSaysWhatTheCodeDoes() {
        assertThat(ErrorTable.of("MySQL", classifier).differences()).isEmpty();
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
