package dev.cenote.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisTextTest {
    @Test
    void wordsInQuotationMarksMayHoldSpaces() {
        assertThat(RedisText.words("  SET \"a key\" 'it is' x\"y ")).containsExactly("SET", "a key", "it is", "x\"y");
        assertThat(RedisText.words("GET \"\"")).containsExactly("GET", "");
        assertThat(RedisText.words("  ")).isEmpty();
    }
}
