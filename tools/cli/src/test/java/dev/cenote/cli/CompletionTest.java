package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @Test
    void bashTakesTheScriptAndCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
        Invocation run = Invocation.of("completion", "bash");
        assertThat(run.status()).isEqualTo(ExitStatus.OK);
        Path script = Files.writeString(folder.resolve("cenote.bash"), run.out());
        assertThat(bash(script, "cenote ex", "ex", 1)).contains("explain");
        assertThat(bash(script, "cenote bench --wa", "--wa", 2)).contains("--warm-up");
    }

    private static String bash(Path script, String line, String word, int at) throws Exception {
        String words = line.replace(" ", "' '");
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                                + "; COMP_WORDS=('" + words + "'); COMP_CWORD=" + at
                                + "; _complete_cenote cenote '" + word + "' ''; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    @Test
    void zshCompletesCommandsOptionsAndValues(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(isThere("zsh"), "zsh is not installed");
        Path script = Files.writeString(
                folder.resolve("cenote.zsh"), Invocation.of("completion", "zsh").out());
        assertZshMakes(script, "cenote ex", "cenote explain");
        assertZshMakes(script, "./cenote bench --wa", "./cenote bench --warm-up");
        assertZshMakes(script, "cenote completion z", "cenote completion zsh");
    }

    /** Types into a real zsh on a terminal of its own, then a tab, and waits for what it makes of it. */
    private static void assertZshMakes(Path script, String typed, String completed) throws Exception {
        String session = String.join(
                "\n",
                "zmodload zsh/zpty || exit 1",
                "zpty shell zsh -f -i",
                "zpty -w shell \"source '" + script + "'; echo lo''aded\"",
                "zpty -r shell answer '*loaded*'",
                "zpty -w -n shell '" + typed + "'$'\\t'",
                "zpty -r shell answer '*" + completed + "*' && print -r -- completed");
        Process zsh = new ProcessBuilder("zsh", "-f", "-c", session)
                .directory(script.getParent().toFile())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(zsh.waitFor(60, TimeUnit.SECONDS))
                    .as("%s is completed", typed)
                    .isTrue();
            assertThat(zsh.inputReader(StandardCharsets.UTF_8).lines()).contains("completed");
        } finally {
            zsh.destroy();
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void zshLoadsWhatReadsTheScript() {
        assertThat(Invocation.of("completion", "zsh").out()).startsWith("autoload -U +X compinit");
        assertThat(Invocation.of("completion", "fish").status()).isEqualTo(ExitStatus.UNUSABLE);
    }
}
