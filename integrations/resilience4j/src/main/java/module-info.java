/** Circuit breakers, retries and bulkheads of resilience4j in the place of Cenote's own. */
module dev.cenote.resilience4j {
    requires transitive dev.cenote.core;
    requires transitive io.github.resilience4j.bulkhead;
    requires transitive io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires transitive io.github.resilience4j.retry;
    requires static transitive org.jspecify;

    exports dev.cenote.resilience4j;
}
