package dev.cenote.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GettingStartedTest {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- example: GettingStarted#(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);

    private static String uri(Product product) {
        return TestServers.shared(product).uri();
    }

    @Test
    void eachDatabaseAnswers() {
        assertThat(GettingStarted.postgres(uri(Product.POSTGRES))).contains("hello");
        assertThat(GettingStarted.mySql(uri(Product.MARIADB))).contains("MariaDB");
        assertThat(GettingStarted.mongo(uri(Product.MONGODB)))
                .map(user -> user.getString("name"))
                .contains("ada");
        assertThat(GettingStarted.redis(uri(Product.REDIS))).contains("hello");
    }

    @Test
    void thePageShowsThisCode() throws IOException {
        String page = Files.readString(Path.of("../docs/getting-started.md"));
        String source = Files.readString(Path.of("src/main/java/dev/cenote/examples/GettingStarted.java"));
        var names = new ArrayList<String>();
        var matcher = SHOWN.matcher(page);
        while (matcher.find()) {
            String name = matcher.group(1);
            names.add(name);
            int from = source.indexOf("// begin " + name + "\n");
            int to = source.indexOf("// end " + name + "\n");
            assertThat(from).as(name).isPositive().isLessThan(to);
            String code = source.substring(source.indexOf('\n', from) + 1, to).stripIndent();
            assertThat(matcher.group(2).strip()).as(name).isEqualTo(code.strip());
        }
        assertThat(names).containsExactly("postgres", "mySql", "mongo", "redis");
    }
}
