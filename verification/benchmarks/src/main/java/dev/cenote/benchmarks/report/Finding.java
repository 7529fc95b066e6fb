package dev.cenote.benchmarks.report;

/**
 * What was found of something that is asked of Cenote, in one row, for one subject.
 *
 * @param number of the requirement
 * @param asked what is asked
 * @param measured what was measured, in words
 */
public record Finding(
        int number, String asked, String scenario, String row, String subject, String measured, Verdict verdict) {
    /** Whether it is so. */
    public enum Verdict {
        /** It is as asked. */
        MET("met"),
        /** It is not. */
        NOT_MET("**not met**"),
        /** This run did not measure it. */
        NOT_MEASURED("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        static Verdict of(boolean met) {
            return met ? MET : NOT_MET;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** True if it is of that line of that table. */
    boolean isOf(String scenario, String row, String subject) {
        return this.scenario.equals(scenario) && this.row.equals(row) && this.subject.equals(subject);
    }
}
