package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    private static final String SECRET = "open-sesame";

    @ParameterizedTest
    @ValueSource(strings = {"probe", "bench"})
    void anUnknownSchemeIsOneLine(String command) {
        Invocation run = Invocation.of(command, "foo://u:" + SECRET + "@h");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip().lines()).singleElement().asString().startsWith("cenote: scheme must be one of");
        assertThat(run.err()).doesNotContain(SECRET);
    }

    @Test
    void verboseAddsTheStackTraceWithoutPasswords() {
        String uri = "postgres://u:" + SECRET + "@127.0.0.1:1/x";
        Invocation quiet = Invocation.of("bench", uri);
        assertThat(quiet.err()).contains("cannot connect to postgres://u:***@").doesNotContain("\tat ");
        Invocation verbose = Invocation.of("bench", "--verbose", uri);
        assertThat(verbose.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(verbose.err()).contains("\tat dev.cenote.").doesNotContain(SECRET);
    }

    @Test
    void anArgumentTooMuchIsShownWithoutItsPassword() {
        Invocation run = Invocation.of("probe", "redis://localhost", "redis://u:" + SECRET + "@h");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err())
                .contains("redis://u:***@h", "Try 'cenote probe --help'.")
                .doesNotContain(SECRET);
    }

    @Test
    void whatTheDriverSaysOutlastsTheMaskOfThePassword() {
        TestServer server = TestServers.shared(TestServers.Product.MARIADB);
        String uri = server.uri().replaceFirst("://[^@]*@", "://nobody:" + SECRET + "@");
        Invocation run = Invocation.of("bench", uri);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err())
                .contains("nobody:***@", "Access denied for user 'nobody'@", "is there a ")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://u:open " + SECRET + "@h", "u:open " + SECRET + "@h", "--no=u:open " + SECRET + "@h"})
    void aPasswordWithWhiteSpaceIsNotShownEither(String argument) {
        Invocation run = Invocation.of("probe", "redis://localhost", argument);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err()).contains("***@h").doesNotContain("open").contains("Try 'cenote probe --help'.");
    }
}
