package dev.cenote.mysql;

import dev.cenote.protocols.Classifier;
import dev.cenote.testkit.docs.ErrorTableContract;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ErrorTableTest extends ErrorTableContract {
    @Override
    protected Classifier classifier() {
        return new MySqlClassifier();
    }

    @Override
    protected String section() {
        return "MySQL and MariaDB";
    }

    @Override
    protected List<String> specified() {
        IntStream named = IntStream.of(
                1040, 1044, 1045, 1053, 1062, 1064, 1080, 1146, 1184, 1205, 1213, 1290, 1317, 1614, 1792, 1836, 1927,
                2002, 2003, 2006, 2013, 2014, 2045, 2055, 3024, 3572, 4031);
        return Stream.concat(
                        Stream.of("08003", "08S01"),
                        IntStream.concat(named, IntStream.rangeClosed(1152, 1161))
                                .mapToObj(Integer::toString))
                .toList();
    }
}
