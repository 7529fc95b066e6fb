package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    private static final Pattern CODE = Pattern.compile("^\\| `(\\w+)` \\|(?:[^|]*\\|){5}$");

    @Test
    void everyCodeOfThePageIsExplained() throws Exception {
        List<String> codes = Files.readString(Path.of("../../docs/errors.md"))
                .lines()
                .map(CODE::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
        assertThat(codes).hasSizeGreaterThan(100);
        for (String code : codes) {
            assertThat(Invocation.of("explain", code).status()).as(code).isEqualTo(ExitStatus.OK);
        }
        assertThat(Invocation.of("explain", "--all").out().lines()).hasSameSizeAs(codes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40p01|PostgreSQL, 40P01: deadlock|its transaction was undone; a retry policy always tries again",
                "1213|MySQL and MariaDB, 1213: deadlock|pool.transaction",
                "ERROR 1062 (23000): Duplicate entry|MySQL and MariaDB, 1062: duplicate key|no retry policy tries again",
                "E11000 duplicate key error|MongoDB, 11000: duplicate key|no retry policy tries again",
                "READONLY You can't write|Redis, READONLY|closed, as are all that were opened before",
                "LOADING|Redis, LOADING|left alone for 200 ms",
                "08006|PostgreSQL, 08006: connection lost in mid-reply|only what is read-only or idempotent",
                "RetryableWriteError|MongoDB, RetryableWriteError|closed, and replaced",
                "23514|PostgreSQL, 23505: duplicate key, as all constraints (23*)|kept: it is sound",
            })
    void itTellsWhatIsDone(String code, String title, String words) {
        Invocation run = Invocation.of("explain", code);
        assertThat(run.status()).isEqualTo(ExitStatus.OK);
        assertThat(run.out().replaceAll("\\s+", " ")).contains(title).contains(words);
    }

    @Test
    void aBackendNarrows() {
        assertThat(Invocation.of("explain", "08003").out()).contains("PostgreSQL", "MySQL and MariaDB");
        assertThat(Invocation.of("explain", "08003", "--backend", "mysql").out())
                .doesNotContain("PostgreSQL")
                .contains("MySQL and MariaDB");
        assertThat(Invocation.of("explain", "1213", "--backend", "redis").status())
                .isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void aCodeThatIsNotListedHasSuggestionsAndAVerdictByRule() {
        Invocation run = Invocation.of("explain", "40P02");
        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.out()).startsWith("40P02 is not listed.").contains("40P01", "judged by rule");
        Invocation typo = Invocation.of("explain", "deadlok");
        assertThat(typo.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(typo.out()).contains("40P01", "1213").doesNotContain("judged by rule");
        Invocation nothing = Invocation.of("explain", "qqqqqqqq");
        assertThat(nothing.out()).contains("cenote explain --all prints what is.");
    }

    @Test
    void jsonHasItsFields() throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree(Invocation.of("explain", "--json", "57P01").out());
        assertThat(answer.get("code").asText()).isEqualTo("57P01");
        assertThat(answer.get("listed").asBoolean()).isTrue();
        JsonNode error = answer.get("errors").get(0);
        assertThat(error.get("backend").asText()).isEqualTo("postgres");
        assertThat(error.get("connection").asText()).isEqualTo("CLEAR");
        assertThat(error.get("statement").get("call").asText()).isEqualTo("UNKNOWN");
        assertThat(error.get("statement").get("retriedIfReadOnly").asBoolean()).isTrue();
        assertThat(error.get("statement").get("retriedOtherwise").asBoolean()).isFalse();
        assertThat(error.get("commit").get("call").asText()).isEqualTo("COMMIT_UNKNOWN");
        assertThat(error.get("connect").get("retriedOtherwise").asBoolean()).isTrue();
        assertThat(error.get("advice").isArray()).isTrue();
        JsonNode unknown = new ObjectMapper()
                .readTree(Invocation.of("explain", "--json", "40P02").out());
        assertThat(unknown.get("listed").asBoolean()).isFalse();
        assertThat(unknown.get("suggestions").get(0).get("code").asText()).isEqualTo("40P01");
    }

    @Test
    void nothingToExplainIsAUsageError() {
        assertThat(Invocation.of("explain").status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(Invocation.of("explain", "--all", "1213").status()).isEqualTo(ExitStatus.UNUSABLE);
    }
}
