package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
    static Stream<String> commands() {
        return Main.commandLine().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandHasExamplesAndExitStatuses(String command) {
        Invocation help = Invocation.of(command, "--help");
        assertThat(help.status()).isEqualTo(ExitStatus.OK);
        assertThat(help.out())
                .contains("Usage: cenote " + command)
                .contains("Exit status:")
                .containsPattern("\n  0 +\\w")
                .containsPattern("\n  2 +\\w")
                .contains("Examples:")
                .containsPattern("\n  (source <\\()?cenote " + command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachExampleFitsALine(String command) {
        List<String> lines = Invocation.of(command, "--help").out().lines().toList();
        List<String> examples = lines.subList(lines.indexOf("Examples:") + 1, lines.size());
        assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("  ") || line.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandTellsTheVersion(String command) {
        assertThat(Invocation.of(command, "--version").out()).matches("cenote \\d+\\.\\d+\\.\\d+\\S* on Java \\S+\\s*");
    }

    @Test
    void theProgramItselfHasThemToo() {
        assertThat(Invocation.of("--help").out()).contains("Exit status:", "Examples:", "bench", "explain", "probe");
        assertThat(Invocation.of("help", "bench").out()).contains("Usage: cenote bench");
    }
}
