package dev.cenote.cli.explain;

import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Json;
import dev.cenote.cli.Lines;
import dev.cenote.cli.Version;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Tells what Cenote does about an error: what becomes of the connection, whether the call is tried again, and"
                    + " what is left to do.",
            "",
            "A code is an SQLSTATE, a number of MySQL, MariaDB or MongoDB, the first word of what Redis says, an error"
                    + " label of MongoDB, or the type of a driver's exception. A whole message will do, and words that"
                    + " tell what happened are looked for.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the code is listed",
            "1:the code is not listed; what is near it is printed, and how it would be judged",
            "2:wrong arguments"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote explain 40P01",
            "  cenote explain 1205 --backend mysql --json",
            "  cenote explain \"READONLY You can't write against a read only replica.\"",
            "  cenote explain deadlock",
            "  cenote explain --all --backend mongodb"
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CODE", arity = "0..*", description = "The code, or the message that has it.")
    private @Nullable List<String> words;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Only this one: ${COMPLETION-CANDIDATES}. MariaDB is mysql.")
    private @Nullable Product backend;

    @Option(names = "--all", description = "Prints all that are listed, a line each.")
    private boolean all;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /** For picocli. */
    public ExplainCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        var lookup = new Lookup(backend == null ? Arrays.asList(Product.values()) : List.of(backend));
        String text = words == null ? "" : String.join(" ", words).strip();
        Answer answer;
        if (all && text.isEmpty()) {
            answer = new Answer("", lookup.all(), List.of(), List.of());
        } else if (all || text.isEmpty()) {
            throw new ConfigurationException("either a CODE or --all must be given");
        } else {
            answer = look(lookup, text);
        }
        if (json) {
            out.println(Json.of(answer.asMap()));
        } else if (all) {
            answer.listed().forEach(each -> out.println(line(each)));
        } else {
            print(out, answer);
        }
        out.flush();
        return answer.listed().isEmpty() ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private static Answer look(Lookup lookup, String text) {
        String code = lookup.codeIn(text);
        List<Explanation> listed = lookup.listed(code);
        return listed.isEmpty()
                ? new Answer(code, listed, lookup.judged(code), lookup.suggestions(code, text))
                : new Answer(code, listed, List.of(), List.of());
    }

    /** What was found for a code. */
    private record Answer(
            String code, List<Explanation> listed, List<Explanation> judged, List<Explanation> suggestions) {
        LinkedHashMap<String, Object> asMap() {
            var map = new LinkedHashMap<String, Object>();
            map.put("code", code.isEmpty() ? null : code);
            map.put("listed", !listed.isEmpty());
            map.put(
                    "errors",
                    (listed.isEmpty() ? judged : listed)
                            .stream().map(Explanation::asMap).toList());
            map.put("suggestions", suggestions.stream().map(Explanation::asMap).toList());
            return map;
        }
    }

    private static void print(PrintWriter out, Answer answer) {
        explain(out, answer.listed());
        if (!answer.listed().isEmpty()) {
            return;
        }
        out.println(answer.code() + " is not listed.");
        if (!answer.suggestions().isEmpty()) {
            out.println("Did you mean:");
            answer.suggestions().forEach(each -> out.println("  " + line(each)));
        }
        if (!answer.judged().isEmpty()) {
            out.println("As the answer of a server it would be judged by rule:");
            explain(out, answer.judged());
        } else if (answer.suggestions().isEmpty()) {
            out.println("cenote explain --all prints what is.");
        }
    }

    private static String line(Explanation each) {
        return "%-12s %-35s %-6s %-14s %s"
                .formatted(
                        each.product(),
                        each.code(),
                        each.statement().connection(),
                        each.statement().call(),
                        each.meaning());
    }

    private static void explain(PrintWriter out, List<Explanation> all) {
        String between = "";
        for (Explanation each : all) {
            out.print(between);
            explain(out, each);
            between = System.lineSeparator();
        }
    }

    private static void explain(PrintWriter out, Explanation each) {
        out.printf("%s, %s: %s%n", each.product().title(), each.code(), each.meaning());
        row(out, "connection", each.connectionWords());
        row(out, "in a statement", Explanation.callWords(each.statement().call()));
        row(out, "at commit", Explanation.callWords(each.commit().call()));
        row(out, "while connecting", Explanation.callWords(each.connect().call()));
        String name = "what to do";
        for (String advice : each.advice()) {
            row(out, name, advice);
            name = "";
        }
    }

    private static void row(PrintWriter out, String name, String words) {
        out.println(Lines.wrapped("  %-17s ".formatted(name), words));
    }
}
