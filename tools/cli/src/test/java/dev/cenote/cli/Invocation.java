package dev.cenote.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the program within the test. */
record Invocation(int status, String out, String err) {
    static Invocation of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Invocation(status, out.toString(), err.toString());
    }
}
