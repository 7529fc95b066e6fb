package dev.cenote.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final Path SOURCE = Path.of("src/main/java/dev/cenote/examples/QuickStart.java");

    /** But for the URI, which the test of the example must choose, and the brace that the source closes later. */
    @Test
    void codeIsThatOfTheExample() throws IOException {
        String example = between(Files.readString(SOURCE), "// begin README\n", "// end README");
        String shown = between(Files.readString(README), "```java\n", "```");

        String expected = example.stripIndent().replace(".uri(uri)", ".uri(\"mongodb://localhost:27017\")");
        assertThat(shown.strip()).isEqualTo(expected.strip() + "\n}");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        assertThat(from).as("position of " + begin.strip()).isGreaterThanOrEqualTo(begin.length());
        int to = text.indexOf(end, from);
        assertThat(to).as("position of " + end.strip()).isPositive();
        return text.substring(from, to);
    }
}
