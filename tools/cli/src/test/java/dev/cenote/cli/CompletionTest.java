package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        String answer = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    @Test
    void zshLoadsWhatReadsTheScript() {
        assertThat(Invocation.of("completion", "zsh").out()).startsWith("autoload -U +X compinit");
        assertThat(Invocation.of("completion", "fish").status()).isEqualTo(ExitStatus.UNUSABLE);
    }
}
