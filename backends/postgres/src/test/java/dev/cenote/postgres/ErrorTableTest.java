package dev.cenote.postgres;

import dev.cenote.protocols.Classifier;
import dev.cenote.testkit.docs.ErrorTableContract;
import java.util.List;

class ErrorTableTest extends ErrorTableContract {
    @Override
    protected Classifier classifier() {
        return new PostgresClassifier();
    }

    @Override
    protected String section() {
        return "PostgreSQL";
    }

    @Override
    protected List<String> specified() {
        return List.of(
                "08003", "08006", "08007", "08P01", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "25006",
                "53300", "58030", "F0000", "XX000", "40001", "40P01", "55P03", "40003", "57014", "0A000", "22012",
                "23505", "42601", "28000");
    }
}
