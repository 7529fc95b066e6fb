package dev.cenote.redis;

import dev.cenote.protocols.Classifier;
import dev.cenote.testkit.docs.ErrorTableContract;
import java.util.List;

class ErrorTableTest extends ErrorTableContract {
    @Override
    protected Classifier classifier() {
        return new RedisClassifier();
    }

    @Override
    protected String section() {
        return "Redis";
    }

    @Override
    protected List<String> specified() {
        return List.of(
                "NOAUTH",
                "WRONGPASS",
                "READONLY",
                "LOADING",
                "MASTERDOWN",
                "CLUSTERDOWN",
                "TRYAGAIN",
                "NOREPLICAS",
                "BUSY",
                "MOVED",
                "ASK",
                "OOM",
                "MISCONF",
                "EXECABORT",
                "CROSSSLOT",
                "NOPERM",
                "WRONGTYPE",
                "RedisCommandTimeoutException");
    }
}
