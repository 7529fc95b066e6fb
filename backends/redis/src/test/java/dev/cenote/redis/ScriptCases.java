package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.scripts;
import static dev.cenote.redis.RedisOperations.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Of scripts and functions. */
final class ScriptCases {
    static final RedisScript ADD = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    static final RedisScript READ =
            RedisScript.of("return redis.call('GET', KEYS[1])").readOnly();
    static final String LIBRARY = """
            #!lua name=cenote_test
            local function add(keys, args)
                return redis.call('INCRBY', keys[1], args[1])
            end
            local function read(keys, args)
                return redis.call('GET', keys[1])
            end
            redis.register_function('cenote_add', add)
            redis.register_function{function_name = 'cenote_read', callback = read, flags = {'no-writes'}}
            """;

    private ScriptCases() {}

    static Stream<OperationCase<?>> all() {
        return Stream.concat(scriptCases(), functions());
    }

    private static Stream<OperationCase<?>> scriptCases() {
        List<String> n = List.of("n");
        RedisOperation<Boolean> forty = strings().set("n", "40");
        return Stream.of(
                of("scripts.eval", scripts().eval(ADD, n, "2"))
                        .given(forty)
                        .satisfies(reply -> assertThat(reply.number()).isEqualTo(42))
                        .leaves(strings().get("n"), Optional.of("42")),
                of("scripts.eval", scripts().eval(READ, n))
                        .given(forty)
                        .satisfies(reply -> assertThat(reply.text()).contains("40")),
                of("scripts.evalsha", scripts().evalsha(ADD, n, "2"))
                        .given(forty, scripts().scriptFlush())
                        .satisfies(reply -> assertThat(reply.number()).isEqualTo(42))
                        .leaves(scripts().scriptExists(ADD), List.of(true)),
                of("scripts.evalsha", scripts().evalsha(READ, n))
                        .given(forty, scripts().scriptLoad(READ))
                        .satisfies(reply -> assertThat(reply.number()).isEqualTo(40)),
                of("scripts.scriptLoad", scripts().scriptLoad(ADD))
                        .gives(ADD.digest())
                        .leaves(scripts().scriptExists(ADD), List.of(true))
                        .anyType(),
                of("scripts.scriptExists", scripts().scriptExists(ADD, RedisScript.of("return 7")))
                        .given(scripts().scriptFlush(), scripts().scriptLoad(ADD))
                        .gives(List.of(true, false))
                        .anyType(),
                of("scripts.scriptFlush", scripts().scriptFlush())
                        .given(scripts().scriptLoad(ADD))
                        .gives(true)
                        .leaves(scripts().scriptExists(ADD), List.of(false))
                        .anyType());
    }

    private static Stream<OperationCase<?>> functions() {
        List<String> n = List.of("n");
        RedisOperation<String> loaded = scripts().functionLoadReplacing(LIBRARY);
        return Stream.of(
                of("scripts.fcall", scripts().fcall("cenote_add", n, "2"))
                        .given(loaded, strings().set("n", "40"))
                        .satisfies(reply -> assertThat(reply.number()).isEqualTo(42)),
                of("scripts.fcall", scripts().fcall(Effect.READ_ONLY, "cenote_read", n))
                        .given(loaded, strings().set("n", "40"))
                        .satisfies(reply -> assertThat(reply.text()).contains("40")),
                of("scripts.functionLoad", scripts().functionLoad(LIBRARY))
                        .given(scripts().functionFlush())
                        .gives("cenote_test")
                        .anyType(),
                of("scripts.functionLoadReplacing", loaded)
                        .given(loaded)
                        .gives("cenote_test")
                        .anyType(),
                of("scripts.functionDelete", scripts().functionDelete("cenote_test"))
                        .given(loaded)
                        .gives(true)
                        .leaves(scripts().functionList(), List.of())
                        .anyType(),
                of("scripts.functionFlush", scripts().functionFlush())
                        .given(loaded)
                        .gives(true)
                        .leaves(scripts().functionList(), List.of())
                        .anyType(),
                of("scripts.functionList", scripts().functionList())
                        .given(scripts().functionFlush(), loaded)
                        .gives(List.of("cenote_test"))
                        .anyType());
    }
}
