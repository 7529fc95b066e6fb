package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script in Lua, and what it does to the data: unless said, it must not run twice. Immutable. */
public final class RedisScript {
    private final String source;
    private final String digest;
    private final Effect effect;

    private RedisScript(String source, String digest, Effect effect) {
        this.source = source;
        this.digest = digest;
        this.effect = effect;
    }

    /** A script that must not run twice. */
    public static RedisScript of(String source) {
        return new RedisScript(source, sha1(source), Effect.NON_IDEMPOTENT);
    }

    private static String sha1(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }

    /** It does no harm if it runs twice. The caller vouches for it. */
    public RedisScript idempotent() {
        return new RedisScript(source, digest, Effect.IDEMPOTENT);
    }

    /** It changes nothing, which the server enforces: it is sent as EVAL_RO. */
    public RedisScript readOnly() {
        return new RedisScript(source, digest, Effect.READ_ONLY);
    }

    /** Its source. */
    public String source() {
        return source;
    }

    /** What Redis calls it: the SHA-1 of its source. */
    public String digest() {
        return digest;
    }

    /** What it does to the data. */
    public Effect effect() {
        return effect;
    }

    /** The digest, not the source. */
    @Override
    public String toString() {
        return "RedisScript[" + digest + "]";
    }
}
