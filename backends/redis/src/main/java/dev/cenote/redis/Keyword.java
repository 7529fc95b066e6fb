package dev.cenote.redis;

import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;

/** The first word of a command, as the driver takes it. */
record Keyword(String word, byte[] bytes) implements ProtocolKeyword {
    static Keyword of(String word) {
        return new Keyword(word, word.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] getBytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return word;
    }
}
