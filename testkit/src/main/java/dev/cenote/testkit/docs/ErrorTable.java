package dev.cenote.testkit.docs;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import java.util.stream.Collectors;

/** What a classifier makes of the errors it knows, as a table in Markdown. Every cell but the names is its verdict. */
public final class ErrorTable {
    private static final String HEAD = """
            | code | meaning | connection | call, in a statement | call, at commit | call, while connecting |
            |---|---|---|---|---|---|
            """;

    private ErrorTable() {}

    /** The table, with a line for each known error in the classifier's order; ends with a line break. */
    public static String of(Classifier classifier) {
        return classifier.knownErrors().stream()
                .map(known -> row(classifier, known))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(Classifier classifier, KnownError known) {
        Throwable sample = known.sample().get();
        Verdict statement = classifier.classify(sample, Phase.EXECUTE);
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        known.code(),
                        known.meaning().replace("|", "\\|"),
                        statement.connection(),
                        statement.call(),
                        classifier.classify(sample, Phase.COMMIT).call(),
                        classifier.classify(sample, Phase.CONNECT).call());
    }
}
