package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.docs.GeneratedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configuration metadata, and the page that is made of it. */
class MetadataTest {
    private static final Map<String, String> SECTIONS = Map.of(
            "spring.datasource.cenote", "datasource",
            "cenote.mongo", "mongo",
            "cenote.redis", "redis",
            "cenote.metrics", "metrics",
            "cenote.policies", "policies",
            "cenote.shutdown", "shutdown");

    private static final Pattern PACKAGE = Pattern.compile("\\b[a-z]+(\\.[a-z]+)*\\.");

    @Test
    void whatCanBeOffHasItsDefaultAndAHint() {
        List<Metadata.Property> all = Metadata.properties().values().stream()
                .filter(each -> each.type().equals(DurationOrOff.class.getName()))
                .toList();

        assertThat(all)
                .hasSize(15)
                .allSatisfy(each -> assertThat(each.defaultValue()).isNotBlank());
        assertThat(Metadata.hinted())
                .containsAll(all.stream().map(Metadata.Property::name).toList())
                .contains("spring.datasource.cenote.transaction-isolation");
    }

    @Test
    void thePageHasAllProperties() {
        SECTIONS.forEach((prefix, section) ->
                new GeneratedSection(Path.of("../../docs/spring-boot.md"), section).check(table(prefix)));
    }

    @Test
    void thePageNamesThePropertiesOfPolicies() throws IOException {
        String page = Files.readString(Path.of("../../docs/spring-boot.md"));
        List<String> nested = Metadata.leaves().keySet().stream()
                .filter(name -> name.contains(".*."))
                .map(name -> name.replaceAll(".*\\.\\*\\.", "`") + "`")
                .toList();

        assertThat(nested)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(page).contains(name));
    }

    private static String table(String prefix) {
        var table = new StringBuilder("| property | type | default | |\n|---|---|---|---|\n");
        Metadata.properties().values().stream()
                .filter(each -> each.name().startsWith(prefix + "."))
                .forEach(each -> table.append("| `")
                        .append(each.name().substring(prefix.length() + 1))
                        .append("` | ")
                        .append(kind(each.type()))
                        .append(" | ")
                        .append(each.defaultValue() == null ? "" : "`" + each.defaultValue() + "`")
                        .append(" | ")
                        .append(each.description().replaceAll(" Default: ", " *Default:* "))
                        .append(" |\n"));
        return table.toString();
    }

    private static String kind(String type) {
        String simple = PACKAGE.matcher(type.replace('$', '.')).replaceAll("");
        return switch (simple) {
            case "DurationOrOff" -> "duration or `off`";
            case "Duration" -> "duration";
            case "String" -> "text";
            case "Integer" -> "number";
            case "Double" -> "number";
            case "Boolean" -> "`true` or `false`";
            case "ResetPolicy" -> "`dirty` or `full`";
            case "AcquireSites" -> "`none`, `sampled` or `all`";
            default -> simple.startsWith("Map<String,String>") ? "map of texts" : "by name";
        };
    }
}
