package dev.cenote.cli;

/** Lines for people, broken where a terminal ends. */
public final class Lines {
    /** How many characters a line has at most, where words allow it. */
    public static final int WIDTH = 100;

    private Lines() {}

    /** {@code text} on one line, with a question mark for each sign that would steer a terminal. */
    public static String printable(String text) {
        return text.replaceAll("[\\r\\n\\t\\u2028\\u2029]+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    /** {@code prefix}, then {@code text}, whose further lines begin below its first. Without a line break at the end. */
    public static String wrapped(String prefix, String text) {
        String indent = " ".repeat(prefix.length());
        var lines = new StringBuilder(prefix);
        int column = prefix.length();
        for (String word : text.split(" ")) {
            boolean first = column == prefix.length();
            if (!first && column + 1 + word.length() > WIDTH) {
                lines.append(System.lineSeparator()).append(indent);
                column = prefix.length();
                first = true;
            }
            lines.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
        }
        return lines.toString();
    }
}
