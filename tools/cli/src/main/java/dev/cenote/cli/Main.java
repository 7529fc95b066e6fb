package dev.cenote.cli;

import dev.cenote.cli.demo.DemoCommand;
import dev.cenote.cli.probe.ProbeCommand;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.CenoteException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code cenote}. */
@Command(
        name = "cenote",
        description = "One resilient connection pool for PostgreSQL, MySQL/MariaDB, MongoDB and Redis.",
        mixinStandardHelpOptions = true,
        version = "cenote 0.1.0-SNAPSHOT",
        subcommands = {DemoCommand.class, ProbeCommand.class},
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well",
            "1:it ran, and found that something does not hold",
            "2:wrong arguments, or a server that cannot be reached"
        })
public final class Main {
    private Main() {}

    /** Runs the program, and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        // Drivers log what the command reports in its own words.
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
        System.exit(commandLine().execute(arguments));
    }

    /** The program, ready to be executed; a failure becomes one line on the error stream. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(
                        java.time.Duration.class, text -> dev.cenote.protocols.Durations.parse("duration", text))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String message = failure instanceof CenoteException
                            ? String.valueOf(failure.getMessage())
                            : CenoteException.describe(failure);
                    command.getErr().println("cenote: " + PoolUri.mask(oneLine(message)));
                    return ExitStatus.UNUSABLE;
                });
    }

    /** {@code text} without its line breaks. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }
}
