package dev.cenote.testkit.docs;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The section of {@code docs/errors.md} on one backend: what its classifier says of each error that it knows, asked now.
 *
 * <pre>{@code
 * assertThat(ErrorTable.of("PostgreSQL", new PostgresClassifier()).differences()).isEmpty();
 * }</pre>
 *
 * <p>Run with {@code -Dcenote.docs.write=true}, it writes the section anew instead.
 */
public final class ErrorTable {
    private static final Path FILE = Path.of("docs", "errors.md");

    private final String product;
    private final Classifier classifier;

    private ErrorTable(String product, Classifier classifier) {
        this.product = product;
        this.classifier = classifier;
    }

    /** The table of {@code product}'s errors. */
    public static ErrorTable of(String product, Classifier classifier) {
        return new ErrorTable(product, classifier);
    }

    /** The section as the code has it, in Markdown. */
    public String markdown() {
        var text = new StringBuilder("| code | meaning | connection | call | at commit | while connecting |\n")
                .append("|---|---|---|---|---|---|\n");
        for (KnownError error : classifier.knownErrors()) {
            Verdict running = verdict(error, Phase.EXECUTE);
            text.append("| ")
                    .append(error.code().equals("none") ? "–" : "`" + error.code() + "`")
                    .append(" | ")
                    .append(error.meaning())
                    .append(" | ")
                    .append(running.connection())
                    .append(" | ")
                    .append(words(running))
                    .append(" | ")
                    .append(words(verdict(error, Phase.COMMIT)))
                    .append(" | ")
                    .append(words(verdict(error, Phase.CONNECT)))
                    .append(" |\n");
        }
        return text.toString();
    }

    private Verdict verdict(KnownError error, Phase phase) {
        return classifier.classify(error.sample().get(), phase);
    }

    private static String words(Verdict verdict) {
        return verdict.call().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What stands in the documentation in place of {@link #markdown()}; empty if they are the same. */
    public String differences() {
        try {
            Path file = find();
            String document = Files.readString(file);
            String begin = "<!-- " + product + ": made from the code -->\n";
            String end = "<!-- end of " + product + " -->";
            int from = document.indexOf(begin);
            int to = document.indexOf(end);
            if (from < 0 || to < from) {
                return "no section for " + product + " in " + FILE;
            }
            String section = document.substring(from + begin.length(), to);
            if (section.equals(markdown())) {
                return "";
            }
            if (!Boolean.getBoolean("cenote.docs.write")) {
                return "run the test with -Dcenote.docs.write=true; written is:\n" + section;
            }
            Files.writeString(file, document.substring(0, from) + begin + markdown() + document.substring(to));
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Tests run in their module's folder, at one depth or another. */
    private static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(FILE))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(FILE + " was found in no folder above");
        }
        return folder.resolve(FILE);
    }
}
