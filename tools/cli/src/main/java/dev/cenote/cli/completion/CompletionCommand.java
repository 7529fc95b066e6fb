package dev.cenote.cli.completion;

import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Version;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints a script that makes the shell complete subcommands and options.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the script was printed", "2:wrong arguments"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(cenote completion bash)",
            "  cenote completion bash > ~/.local/share/bash-completion/completions/cenote",
            "  source <(cenote completion zsh)"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** The shells. */
    public enum Shell {
        /** Bash. */
        BASH,
        /** Zsh. */
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    /** For picocli. */
    public CompletionCommand() {}

    @Override
    public Integer call() {
        if (spec == null) {
            return ExitStatus.UNUSABLE;
        }
        CommandLine program = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            // The script is Bash's, which zsh reads once this is loaded.
            out.println("autoload -U +X compinit && compinit -u");
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        out.println(AutoComplete.bash("cenote", program));
        out.flush();
        return ExitStatus.OK;
    }
}
