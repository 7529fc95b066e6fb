package dev.cenote.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSectionTest {
    private static final String PAGE =
            "by hand\n<!-- generated: one -->\nold\n<!-- end of one -->\nby hand too\n<!-- end of two -->\n";

    private final String asked = System.getProperty(GeneratedSection.WRITE, "false");

    @TempDir
    private Path folder;

    private Path page;

    @BeforeEach
    void writePage() throws IOException {
        System.setProperty(GeneratedSection.WRITE, "false");
        page = Files.writeString(folder.resolve("page.md"), PAGE);
    }

    @AfterEach
    void restore() {
        System.setProperty(GeneratedSection.WRITE, asked);
    }

    @Test
    void aSectionThatIsAsExpectedPasses() {
        assertThatCode(() -> new GeneratedSection(page, "one").check("old\n")).doesNotThrowAnyException();
    }

    @Test
    void aSectionThatDiffersFailsAndSaysHowToWriteIt() {
        assertThatThrownBy(() -> new GeneratedSection(page, "one").check("new\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("page.md, section one, is not what the code does")
                .hasMessageContaining("-Dcenote.docs.write=true")
                .hasMessageContaining("new\n");
        assertThat(page).hasContent(PAGE);
    }

    @Test
    void aSectionIsWrittenWhereThatIsAskedForAndTheRestStays() {
        System.setProperty(GeneratedSection.WRITE, "true");
        new GeneratedSection(page, "one").check("new\n");
        assertThat(page).hasContent(PAGE.replace("old", "new"));
    }

    @Test
    void aSectionThatIsNotThereFails() {
        for (String missing : List.of("two", "three")) {
            assertThatThrownBy(() -> new GeneratedSection(page, missing).check(""))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("must have a line <!-- generated: " + missing + " -->");
        }
    }

    @Test
    void aTableHasALineForEachKnownErrorInEachPhase() {
        var classifier = new Classifier() {
            @Override
            public Verdict classify(Throwable error, Phase phase) {
                return switch (phase) {
                    case COMMIT -> new Verdict(ConnectionFate.CLEAR, CallFate.COMMIT_UNKNOWN);
                    case CONNECT -> new Verdict(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED);
                    default -> new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
                };
            }

            @Override
            public List<KnownError> knownErrors() {
                return List.of(new KnownError("E1", "this | that", IOException::new));
            }
        };
        assertThat(ErrorTable.of(classifier))
                .endsWith("|\n| `E1` | this \\| that | EVICT | UNKNOWN | COMMIT_UNKNOWN | NOT_EXECUTED |\n");
    }
}
