package dev.cenote.cli;

import dev.cenote.cli.bench.BenchCommand;
import dev.cenote.cli.completion.CompletionCommand;
import dev.cenote.cli.demo.DemoCommand;
import dev.cenote.cli.explain.ExplainCommand;
import dev.cenote.cli.probe.ProbeCommand;
import dev.cenote.cli.top.TopCommand;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.CenoteException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program {@code cenote}. */
@Command(
        name = "cenote",
        description = "One resilient connection pool for PostgreSQL, MySQL/MariaDB, MongoDB and Redis.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ProbeCommand.class,
            BenchCommand.class,
            TopCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well",
            "1:it ran, and found that something does not hold",
            "2:wrong arguments, or a server that cannot be reached"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote demo --duration 60s",
            "  cenote probe redis://localhost",
            "  cenote bench postgres://app:secret@db.example/shop --query 'select 1'",
            "  cenote explain 40P01",
            "  cenote help bench"
        })
public final class Main {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Prints the stack trace of a failure too, its passwords masked.")
    private boolean verbose;

    private Main() {}

    /** Runs the program, and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        // Drivers log what the command reports in its own words.
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
        System.exit(commandLine().execute(arguments));
    }

    /** The program, ready to be executed; a failure becomes one line on the error stream. */
    static CommandLine commandLine() {
        var program = new Main();
        return new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .registerConverter(
                        java.time.Duration.class, text -> dev.cenote.protocols.Durations.parse("duration", text))
                .setParameterExceptionHandler((failure, arguments) -> refuse(failure, arguments))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String message = failure instanceof CenoteException
                            ? String.valueOf(failure.getMessage())
                            : CenoteException.describe(failure);
                    List<String> arguments = parsed.originalArgs();
                    command.getErr().println("cenote: " + oneLine(masked(message, arguments)));
                    if (program.verbose) {
                        command.getErr().println(masked(trace(failure), arguments));
                    }
                    return ExitStatus.UNUSABLE;
                });
    }

    /** An argument that is refused may be a URI: it is shown without its password. */
    private static int refuse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr()
                .println("cenote: " + oneLine(masked(String.valueOf(failure.getMessage()), List.of(arguments))));
        command.getErr().println("Try '" + name + " --help'.");
        return ExitStatus.UNUSABLE;
    }

    /** {@code message} without passwords; those in an argument that it quotes may hold white space. */
    private static String masked(String message, List<String> arguments) {
        String text = message;
        for (String argument : arguments) {
            text = text.replace(argument, PoolUri.mask(argument));
            String value = argument.substring(argument.indexOf('=') + 1); // of --option=value
            text = text.replace(value, PoolUri.mask(value));
        }
        return PoolUri.maskMessage(text);
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** {@code text} without its line breaks. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }
}
