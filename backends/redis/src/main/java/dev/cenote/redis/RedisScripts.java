package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import java.util.List;

/**
 * Scripts and functions. Every key that one uses should be named in {@code keys}; its other arguments are values.
 *
 * <pre>{@code
 * static final RedisScript TAKE = RedisScript.of("""
 *         local left = tonumber(redis.call('GET', KEYS[1]) or '0')
 *         if left < tonumber(ARGV[1]) then return -1 end
 *         return redis.call('DECRBY', KEYS[1], ARGV[1])""");
 *
 * long left = pool.execute(scripts().evalsha(TAKE, List.of("stock"), "3")).number();
 * }</pre>
 */
public final class RedisScripts<K, V> extends TypedGroup<K, V> {
    RedisScripts(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Runs a script, whose source is sent each time. */
    @SafeVarargs
    public final RedisOperation<RedisReply> eval(RedisScript script, List<K> keys, V... args) {
        return bySource(script, keys, args).reply(Reply.ANY);
    }

    /**
     * Runs a script by its digest. Where the server does not know it, which it says before it does anything, the source is
     * sent, and the server keeps it. In a transaction or a batch the source is sent at once.
     */
    @SafeVarargs
    public final RedisOperation<RedisReply> evalsha(RedisScript script, List<K> keys, V... args) {
        Draft<K, V> byDigest = arguments(draft("EVALSHA", script.effect()).word(script.digest()), keys, args);
        SingleCommand<RedisReply> known = byDigest.command(Reply.ANY);
        SingleCommand<RedisReply> unknown = bySource(script, keys, args).command(Reply.ANY);
        return new RedisOperation<>(byDigest.facts(), RedisReply.class, new ScriptCommand<>(known, unknown));
    }

    @SafeVarargs
    private Draft<K, V> bySource(RedisScript script, List<K> keys, V... args) {
        return arguments(draft("EVAL", script.effect()).word(script.source()), keys, args);
    }

    private Draft<K, V> draft(String name, Effect effect) {
        return effect == Effect.READ_ONLY
                ? reading(name + "_RO")
                : changing(name).effect(effect);
    }

    @SafeVarargs
    private Draft<K, V> arguments(Draft<K, V> draft, List<K> keys, V... args) {
        draft.number(keys.size());
        keys.forEach(draft::key);
        for (V arg : args) {
            draft.value(arg);
        }
        return draft;
    }

    /** Makes a script known to the server; tells its digest. */
    public RedisOperation<String> scriptLoad(RedisScript script) {
        return setting("SCRIPT LOAD").word(script.source()).reply(Reply.TEXT);
    }

    /** For each of {@code scripts}, in their order, whether the server knows it. */
    public RedisOperation<List<Boolean>> scriptExists(RedisScript... scripts) {
        String[] digests = List.of(scripts).stream().map(RedisScript::digest).toArray(String[]::new);
        return reading("SCRIPT EXISTS").words("scripts", digests).reply(Reply.TRUTHS);
    }

    /** Lets the server forget all scripts. */
    public RedisOperation<Boolean> scriptFlush() {
        return setting("SCRIPT FLUSH").reply(Reply.OK);
    }

    // ---- functions

    /** Runs a function, which must not run twice. */
    @SafeVarargs
    public final RedisOperation<RedisReply> fcall(String function, List<K> keys, V... args) {
        return fcall(Effect.NON_IDEMPOTENT, function, keys, args);
    }

    /** Runs a function of this effect, for which the caller vouches; one that only reads as FCALL_RO, so that it must. */
    @SafeVarargs
    public final RedisOperation<RedisReply> fcall(Effect effect, String function, List<K> keys, V... args) {
        return arguments(draft("FCALL", effect).word(function), keys, args)
                .target(function)
                .reply(Reply.ANY);
    }

    /** Makes the functions of a library known to the server; tells its name. An error if it is there already. */
    public RedisOperation<String> functionLoad(String library) {
        return changing("FUNCTION LOAD").word(library).reply(Reply.TEXT);
    }

    /** As {@link #functionLoad}, in the place of one of the same name. */
    public RedisOperation<String> functionLoadReplacing(String library) {
        return setting("FUNCTION LOAD").word("REPLACE").word(library).reply(Reply.TEXT);
    }

    /** Deletes a library; an error if there is none. */
    public RedisOperation<Boolean> functionDelete(String library) {
        return changing("FUNCTION DELETE").word(library).reply(Reply.OK);
    }

    /** Deletes all libraries. */
    public RedisOperation<Boolean> functionFlush() {
        return setting("FUNCTION FLUSH").reply(Reply.OK);
    }

    /** Names of all libraries. */
    public RedisOperation<List<String>> functionList() {
        return reading("FUNCTION LIST")
                .reply(Reply.list(library ->
                        Reply.of(Reply.told(library), "library_name").text().orElse("")));
    }
}
