package dev.cenote.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchUriTest {
    @Test
    void theSizeTakesThePlaceOfTheUsers() {
        assertThat(new BenchUri("redis://localhost?pool.maxSize=20&pool.minSize=5&timeout=1s").withSize(7))
                .isEqualTo("redis://localhost?timeout=1s&pool.minSize=7&pool.maxSize=7"
                        + "&pool.acquireTimeout=1m&pool.connectTimeout=3s");
    }

    @Test
    void timeoutsThatAreGivenStay() {
        assertThat(new BenchUri("redis://localhost?pool.acquireTimeout=2s").withSize(1))
                .isEqualTo("redis://localhost?pool.acquireTimeout=2s&pool.minSize=1&pool.maxSize=1"
                        + "&pool.connectTimeout=3s");
    }

    @Test
    void whatIsNotUsedIsNamed() {
        assertThat(new BenchUri("redis://localhost?pool.maxSize=20&pool.maxRetries=3&pool.validateAfterIdle=1s")
                        .ignored())
                .containsExactly("maxSize", "maxRetries");
    }
}
