package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @Test
    void holdsItsLedgersThroughItsOutages(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("demo.json");
        Invocation demo = Invocation.of("demo", "--duration", "6s", "--threads", "4", "--json", file.toString());
        System.out.println(demo.out());
        assertThat(demo.err()).isEmpty();
        assertThat(demo.status()).isEqualTo(ExitStatus.OK);
        assertThat(demo.out())
                .contains(
                        "PostgreSQL crashes", "PostgreSQL is started again", "Redis falls silent", "Redis speaks again")
                .contains("All ledgers hold, no lease leaked.");
        var names = new ArrayList<String>();
        for (JsonNode backend : new ObjectMapper().readTree(file.toFile()).get("backends")) {
            names.add(backend.get("name").asText());
            assertThat(backend.get("operations").asLong()).isPositive();
            assertThat(backend.get("acknowledged").asLong()).isPositive();
            assertThat(backend.get("ledgerHolds").asBoolean()).isTrue();
            assertThat(backend.get("leaked").asLong()).isZero();
            assertThat(backend.get("stored").asLong())
                    .isBetween(
                            backend.get("acknowledged").asLong(),
                            backend.get("acknowledged").asLong()
                                    + backend.get("unknown").asLong());
            assertThat(backend.get("connectionsOpened").asLong()).isPositive();
            assertThat(backend.get("circuitOpened").asLong()).isNotNegative();
            assertThat(backend.get("acquireP99Micros").asLong()).isNotNegative();
            assertThat(backend.get("failures").asLong()).isNotNegative();
        }
        assertThat(names).containsExactly("postgres", "mariadb", "mongodb", "redis");
    }

    @Test
    void badArgumentsAreToldByName() {
        assertThat(Invocation.of("demo", "--duration", "1s").err()).contains("duration must be >= 2 s, was PT1S");
        assertThat(Invocation.of("demo", "--threads", "0").err()).contains("threads must be between 1 and 1000, was 0");
        assertThat(Invocation.of("demo", "--duration", "soon").status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(Invocation.of("demo", "--redis", "redis://127.0.0.1:1", "--duration", "2s")
                        .status())
                .isEqualTo(ExitStatus.UNUSABLE);
    }
}
