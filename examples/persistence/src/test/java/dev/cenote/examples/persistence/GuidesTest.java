package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.HikariMigration;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page shows what the tests run. */
class GuidesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/cenote/examples/persistence");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- example: (\\w+)#(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MARKED = Pattern.compile("// begin (\\w+)\n(.*?)// end \\1\n", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("../../docs/guides.md"));
    }

    private static String section(String name) throws IOException {
        String begin = "<!-- " + name + " -->\n```";
        String page = page();
        int from = page.indexOf(begin);
        assertThat(from).as(name).isNotNegative();
        int code = page.indexOf('\n', from + begin.length()) + 1;
        return page.substring(code, page.indexOf("```", code));
    }

    @Test
    void eachPieceIsShownAsItIs() throws IOException {
        Set<String> shown = new LinkedHashSet<>();
        for (MatchResult piece : SHOWN.matcher(page()).results().toList()) {
            String name = piece.group(1) + "#" + piece.group(2);
            assertThat(shown.add(name)).as(name + " is shown once").isTrue();
            assertThat(piece.group(3).strip()).as(name).isEqualTo(code(piece.group(1), piece.group(2)));
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(marked());
    }

    private static String code(String type, String name) throws IOException {
        return MARKED.matcher(Files.readString(SOURCES.resolve(type + ".java")))
                .results()
                .filter(piece -> piece.group(1).equals(name))
                .map(piece -> piece.group(2).stripIndent().strip())
                .collect(Collectors.joining());
    }

    private static Set<String> marked() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                MARKED.matcher(Files.readString(file))
                        .results()
                        .forEach(piece -> names.add(type + "#" + piece.group(1)));
            }
        }
        return names;
    }

    @Test
    void propertiesAndTheirReportAreThoseOfTheExample() throws IOException {
        String file = Files.readString(FromHikariTest.FILE);
        var properties = new Properties();
        properties.load(new StringReader(file));

        assertThat(section("hikari.properties")).isEqualTo(file);
        assertThat(section("report")).isEqualTo(HikariMigration.read(properties).report());
    }
}
