package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
import dev.cenote.jdbc.datasource.HikariNumbers.Replaced;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of one of HikariCP's properties. */
interface HikariRule {
    String name();

    /** The option that it becomes, if it does. */
    Optional<String> option();

    /** What to know of that. */
    String explanation();

    /** Milliseconds or a count, if it is one of those. */
    default Optional<Long> number(Object value) {
        return Optional.empty();
    }

    /** Sets what it becomes, and says so. */
    Finding apply(CenoteDataSourceBuilder builder, Object value, HikariNumbers numbers);

    /** What becomes an option as it is. */
    record Option(
            String name,
            String becomes,
            Outcome outcome,
            String explanation,
            BiConsumer<CenoteDataSourceBuilder, Object> set)
            implements HikariRule {
        @Override
        public Optional<String> option() {
            return Optional.of(becomes);
        }

        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value, HikariNumbers numbers) {
            set.accept(builder, value);
            return new Finding(name, outcome, Optional.of(becomes + "=" + shown(value)), explanation);
        }

        /** A URL may hold a password. */
        private String shown(Object value) {
            return switch (name) {
                case "password" -> "***";
                case "connectionInitSql" -> SqlDigest.of(String.valueOf(value), true);
                case "jdbcUrl" -> String.valueOf(value).split("[/?;@]", 2)[0] + "...";
                case "dataSource" -> value.getClass().getName();
                default -> String.valueOf(value);
            };
        }
    }

    /** How a number is set. */
    interface Sets {
        void to(CenoteDataSourceBuilder builder, long value);
    }

    /** A number of connections. */
    record Count(String name, String becomes, String explanation, Sets set) implements HikariRule {
        @Override
        public Optional<String> option() {
            return Optional.of(becomes);
        }

        @Override
        public Optional<Long> number(Object value) {
            return Optional.of(HikariNumbers.number(name, value));
        }

        /** More than its pool may have, HikariCP does not keep idle. */
        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value, HikariNumbers numbers) {
            Optional<Replaced> replaced = numbers.replaced(name);
            long taken = replaced.map(Replaced::by).orElse(numbers.get(name));
            set.to(builder, taken);
            String said = replaced.map(
                            by -> "HikariCP takes " + by.by() + " for what is " + by.why() + "; so does this")
                    .orElse("");
            return finding(this, becomes + "=" + taken, said);
        }
    }

    /** A number of milliseconds. */
    record Time(String name, String becomes, String explanation, Sets set) implements HikariRule {
        @Override
        public Optional<String> option() {
            return Optional.of(becomes);
        }

        @Override
        public Optional<Long> number(Object value) {
            return Optional.of(HikariNumbers.millis(name, value));
        }

        /** What HikariCP replaces without being asked is taken here as it was meant; but what is negative means nothing. */
        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value, HikariNumbers numbers) {
            long own = numbers.get(name);
            Optional<Replaced> replaced = numbers.replaced(name);
            long taken = own < 0 ? replaced.map(Replaced::by).orElse(own) : own;
            if (taken < 0) {
                throw new ConfigurationException(name + " must be >= 0, was " + own);
            }
            set.to(builder, taken);
            return finding(this, becomes + "=" + shown(taken), said(own < 0, replaced, numbers));
        }

        private String shown(long millis) {
            long shown = millis == 0 && name.equals("connectionTimeout") ? HikariNumbers.FOR_EVER_MILLIS : millis;
            return shown == 0 ? "off" : shown + "ms";
        }

        private String said(boolean follows, Optional<Replaced> replaced, HikariNumbers numbers) {
            if (replaced.isPresent()) {
                Replaced other = replaced.get();
                String there = other.by() == 0 ? "turns it off" : "has " + other.by() + " ms in its place";
                return "HikariCP " + there + ", since it is " + other.why()
                        + (follows ? "; so does this" : "; here it is as it was set");
            }
            if (name.equals("idleTimeout") && numbers.get(name) != 0 && !numbers.isSet("minimumIdle")) {
                return "without effect in HikariCP, which keeps all connections open where minimumIdle is not set";
            }
            return numbers.refused(name)
                    .map(why -> "HikariCP does not start with it, since it is " + why + "; here it is as it was set")
                    .orElse("");
        }
    }

    /** Of the same meaning where there is nothing to say of it. */
    private static Finding finding(HikariRule rule, String became, String said) {
        String explanation = joined(rule.explanation(), said);
        Outcome outcome = explanation.isEmpty() ? Outcome.SAME : Outcome.SIMILAR;
        return new Finding(rule.name(), outcome, Optional.of(became), explanation);
    }

    static String joined(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }

    /** What becomes none. */
    record Nothing(String name, String explanation) implements HikariRule {
        @Override
        public Optional<String> option() {
            return Optional.empty();
        }

        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value, HikariNumbers numbers) {
            return new Finding(name, Outcome.NO_COUNTERPART, Optional.empty(), explanation);
        }
    }
}
