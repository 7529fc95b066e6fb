package dev.cenote.cli.probe;

import java.util.Map;

/**
 * One thing that the user should know.
 *
 * @param level how much it matters
 * @param subject what it is about, in one word
 * @param text what it is, and what to do
 */
record Advice(Level level, String subject, String text) {
    /** How much it matters. */
    enum Level {
        /** Good to know. */
        NOTE,
        /** It will fail, or is unsafe. */
        WARNING;

        @Override
        public String toString() {
            return this == NOTE ? "note" : "WARNING";
        }
    }

    static Advice note(String subject, String text) {
        return new Advice(Level.NOTE, subject, text);
    }

    static Advice warning(String subject, String text) {
        return new Advice(Level.WARNING, subject, text);
    }

    boolean isWarning() {
        return level == Level.WARNING;
    }

    /** The stable fields of its JSON. */
    Map<String, Object> asMap() {
        return Map.of("level", level.name().toLowerCase(java.util.Locale.ROOT), "subject", subject, "text", text);
    }
}
