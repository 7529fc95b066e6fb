package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FromHikariTest {
    static final Path FILE = Path.of("src/main/resources/hikari.properties");

    /** The file, for the server of the tests. */
    private static String ofTheTests() throws IOException {
        return Files.readString(FILE)
                .replace("jdbc:postgresql://localhost/shop", Shop.URL)
                .replace("username=shop", "username=" + Shop.USER + "\npassword=" + Shop.PASSWORD);
    }

    @Test
    void poolHasWhatTheFileSaysAndRuns() throws IOException, SQLException {
        try (CenoteDataSource source = FromHikari.pool(new StringReader(ofTheTests()))) {
            assertThat(source.pool().name()).isEqualTo("shop");
            assertThat(source.pool().stats().maxSize()).isEqualTo(5);
            assertThat(source.pool().stats().minSize()).isEqualTo(2);
            assertThat(Shop.ask(source, "show application_name")).isEqualTo("shop");
            Shop.assertAtRest(source);
        }
    }
}
