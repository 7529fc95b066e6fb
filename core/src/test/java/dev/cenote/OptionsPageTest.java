package dev.cenote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.PoolUri;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/options.md says is what the code does. */
class OptionsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\|");

    @Test
    void namesEachOptionWithItsDefault() throws Exception {
        var expected = new LinkedHashMap<String, String>();
        PoolOptions defaults = PoolOptions.builder().build();
        for (RecordComponent option : PoolOptions.class.getRecordComponents()) {
            if (option.getName().equals("hooks")) {
                continue; // only by a builder
            }
            expected.put(option.getName(), shown(option.getAccessor().invoke(defaults)));
        }
        expected.put("name", "the backend and a number");

        assertThat(rows("## The pool", "## Its policies")).containsExactlyEntriesOf(expected);
    }

    @Test
    void namesEachParameterOfAUri() throws IOException {
        var named = new TreeSet<>(rows("## The pool", "## Only by a builder").keySet());

        Throwable unknown = catchThrowable(
                () -> PoolParameters.apply(PoolUri.parse("redis://h?pool.x=1").poolParameters(), new OptionsOnly()));
        assertThat(unknown).hasMessage("parameter pool.x is unknown; known are " + named);
    }

    private static Map<String, String> rows(String from, String to) throws IOException {
        String page = Files.readString(Path.of("../docs/options.md"));
        Matcher row = ROW.matcher(page.substring(page.indexOf(from), page.indexOf(to)));
        var rows = new LinkedHashMap<String, String>();
        while (row.find()) {
            rows.put(row.group(1), row.group(2).strip());
        }
        return rows;
    }

    private static String shown(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(OptionsPageTest::shown).orElse("off");
        }
        if (value instanceof Enum<?>) {
            return value.toString().toLowerCase(Locale.ROOT);
        }
        if (!(value instanceof Duration duration)) {
            return value.toString();
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + " ms";
        }
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
