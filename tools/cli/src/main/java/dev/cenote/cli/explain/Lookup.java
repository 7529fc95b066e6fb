package dev.cenote.cli.explain;

import dev.cenote.protocols.KnownError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds codes in what the classifiers list. */
final class Lookup {
    private static final int MOST_SUGGESTIONS = 8;
    private static final int NEAR = 1;
    private static final Pattern CLASS = Pattern.compile("\\((\\w\\w)\\*\\)");

    private final List<Product> products;

    Lookup(List<Product> products) {
        this.products = List.copyOf(products);
    }

    /** One line of a classifier's list. */
    private record Line(Product product, KnownError known) {
        boolean has(String code) {
            return known.code().equalsIgnoreCase(code);
        }

        /** MySQL's errors have an SQLSTATE besides, MongoDB's a label. */
        boolean hasBesides(String code) {
            return product.classifier().codes(known.sample().get()).stream().anyMatch(code::equalsIgnoreCase);
        }

        /** A line may stand for a class of codes, as its meaning says: {@code (23*)}. */
        boolean standsFor(String code) {
            Matcher matcher = CLASS.matcher(known.meaning());
            return code.length() == 5 && matcher.find() && code.startsWith(matcher.group(1));
        }
    }

    private Stream<Line> lines() {
        return products.stream()
                .flatMap(product -> product.classifier().knownErrors().stream().map(known -> new Line(product, known)));
    }

    /** Every listed error. */
    List<Explanation> all() {
        return lines().map(line -> Explanation.of(line.product(), line.known())).toList();
    }

    /** The code in what people paste, such as a whole message: the first word that is listed, else the first word. */
    String codeIn(String text) {
        List<String> words = Stream.of(text.split("[^A-Za-z0-9_]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.matches("[Ee]\\d{4,}") ? word.substring(1) : word)
                .toList();
        return words.stream()
                .filter(word -> lines().anyMatch(line -> line.has(word)))
                .findFirst()
                .or(() -> words.stream().findFirst())
                .orElse("");
    }

    /** What is listed for that code. */
    List<Explanation> listed(String code) {
        List<Line> found = lines().filter(line -> line.has(code)).toList();
        if (found.isEmpty()) {
            found = lines().filter(line -> line.hasBesides(code)).toList();
        }
        if (found.isEmpty()) {
            found = lines().filter(line -> line.standsFor(code)).toList();
        }
        return found.stream()
                .map(line -> Explanation.of(line.product(), line.known()))
                .toList();
    }

    /** What each product to which such a code may belong would make of it. */
    List<Explanation> judged(String code) {
        return products.stream()
                .filter(product -> product.mayHave(code))
                .map(product -> Explanation.ofAnswer(product, code))
                .toList();
    }

    /** Listed errors whose code is like {@code code}, or whose meaning has the words of {@code text}. */
    List<Explanation> suggestions(String code, String text) {
        String words = text.toLowerCase(Locale.ROOT);
        var scored = new ArrayList<Scored>();
        lines().forEach(line -> score(line, code, words).ifPresent(score -> scored.add(new Scored(line, score))));
        return scored.stream()
                .sorted(Comparator.comparingInt(Scored::score))
                .limit(MOST_SUGGESTIONS)
                .map(each -> Explanation.of(each.line().product(), each.line().known()))
                .toList();
    }

    private record Scored(Line line, int score) {}

    private static Optional<Integer> score(Line line, String code, String words) {
        String meaning = line.known().meaning().toLowerCase(Locale.ROOT);
        if (meaning.contains(words)) {
            return Optional.of(0);
        }
        int most = Math.max(NEAR, code.length() / 4);
        int distance = Stream.concat(Stream.of(line.known().code()), Stream.of(meaning.split("\\W+")))
                .mapToInt(word -> distance(word.toUpperCase(Locale.ROOT), code.toUpperCase(Locale.ROOT)))
                .min()
                .orElseThrow();
        return distance <= most ? Optional.of(distance) : Optional.empty();
    }

    /** How many characters must be added, left out or changed to make one of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
