package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.pool.OptionsByName;
import dev.cenote.testkit.docs.GeneratedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/datasource.md says is what the code does. */
class DataSourcePageTest {
    private static final Path PAGE = Path.of("../../docs/datasource.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[\\w.]+`(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private static final Map<String, String> SAMPLE = new TreeMap<>(Map.of(
            "spring.datasource.url", "jdbc:postgresql://localhost/orders?user=shop&password=secret",
            "spring.datasource.hikari.maximum-pool-size", "20",
            "spring.datasource.hikari.minimum-idle", "5",
            "spring.datasource.hikari.connection-timeout", "3000",
            "spring.datasource.hikari.max-lifetime", "0",
            "spring.datasource.hikari.connection-test-query", "SELECT 1",
            "spring.datasource.hikari.leak-detection-threshold", "10000",
            "spring.datasource.hikari.maximum-pool-sise", "20",
            "spring.datasource.hikari.data-source-properties.reWriteBatchedInserts", "true"));

    @Test
    void namesEachOptionThatIsText() throws IOException {
        String page = Files.readString(PAGE);
        Matcher row = ROW.matcher(page.substring(page.indexOf("## Options"), page.indexOf("By code only")));
        var named = new TreeSet<String>();
        while (row.find()) {
            NAME.matcher(row.group(1)).results().forEach(name -> named.add(name.group(1)));
        }
        var expected = new TreeSet<>(TextProperties.names());
        expected.removeAll(OptionsByName.names());
        expected.add("driver.NAME");
        expected.add("dataSource.NAME");
        assertThat(named).isEqualTo(expected);
    }

    @Test
    void showsARealReport() {
        String sample = SAMPLE.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                .collect(Collectors.joining());
        new GeneratedSection(PAGE, "sample").check("\n```properties\n" + sample + "```\n\n");
        String report = HikariMigration.read(SAMPLE).report().replace(System.lineSeparator(), "\n");
        assertThat(report).doesNotContain("secret");
        new GeneratedSection(PAGE, "report").check("\n```\n" + report + "```\n\n");
    }

    @Test
    void saysWhatBecomesOfEachPropertyOfHikariCp() {
        String rows = HikariRules.NAMES.stream()
                .map(HikariRules::row)
                .map(row -> row + "\n")
                .collect(Collectors.joining());
        new GeneratedSection(PAGE, "properties")
                .check("\n| HikariCP | here | what to know |\n|---|---|---|\n" + rows + "\n");
    }
}
