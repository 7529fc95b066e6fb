package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations on geo sets: sorted sets whose scores are places. Members are removed by ZREM. */
public final class RedisGeo<K, V> extends TypedGroup<K, V> {
    RedisGeo(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Puts a member at a place; true if it is new. */
    public RedisOperation<Boolean> geoadd(K key, GeoPoint point, V member) {
        return setting("GEOADD")
                .key(key)
                .number(point.longitude())
                .number(point.latitude())
                .value(member)
                .reply(Reply.TRUTH);
    }

    /** Puts members at their places; tells how many are new. */
    public RedisOperation<Long> geoadd(K key, Map<V, GeoPoint> members) {
        return geoadd(key, ZaddOptions.none(), members);
    }

    /** Puts members at their places by {@code options}, of which the server takes NX, XX and CH; tells how many are new. */
    public RedisOperation<Long> geoadd(K key, ZaddOptions options, Map<V, GeoPoint> members) {
        Check.atLeast("members.size", 1, members.size());
        Draft<K, V> draft =
                options.addTo(settingUnless(options.isConditional(), "GEOADD").key(key));
        members.forEach((member, point) ->
                draft.number(point.longitude()).number(point.latitude()).value(member));
        return draft.reply(Reply.NUMBER);
    }

    /** Distance between two members; empty if one is not there. */
    public RedisOperation<Optional<Double>> geodist(K key, V one, V other, GeoUnit unit) {
        return reading("GEODIST")
                .key(key)
                .value(one)
                .value(other)
                .word(unit.word)
                .reply(Reply.OPTIONAL_DECIMAL);
    }

    /** Where {@code members} are, in their order; empty where there is none. */
    @SafeVarargs
    public final RedisOperation<List<Optional<GeoPoint>>> geopos(K key, V... members) {
        return reading("GEOPOS")
                .key(key)
                .values("members", members)
                .reply(Reply.list(one -> Reply.maybe(one, RedisGeo::point)));
    }

    private static GeoPoint point(@Nullable Object reply) {
        List<@Nullable Object> parts = Reply.elements(reply);
        return new GeoPoint(Reply.decimal(parts.get(0)), Reply.decimal(parts.get(1)));
    }

    /** The geohashes of {@code members}, in their order; empty where there is none. */
    @SafeVarargs
    public final RedisOperation<List<Optional<String>>> geohash(K key, V... members) {
        return reading("GEOHASH")
                .key(key)
                .values("members", members)
                .reply(Reply.list(one -> Reply.maybe(one, Reply::text)));
    }

    /** The members that are looked for. */
    public RedisOperation<List<V>> geosearch(K key, GeoSearch<V> search) {
        return search.addTo(reading("GEOSEARCH").key(key)).reply(values());
    }

    /** As {@link #geosearch}, with their distances and places. */
    public RedisOperation<List<GeoFound<V>>> geosearchWithPlaces(K key, GeoSearch<V> search) {
        return search.addTo(reading("GEOSEARCH").key(key))
                .word("WITHCOORD")
                .word("WITHDIST")
                .reply(Reply.list(reply -> {
                    List<@Nullable Object> parts = Reply.elements(reply);
                    return new GeoFound<>(value(parts.get(0)), Reply.decimal(parts.get(1)), point(parts.get(2)));
                }));
    }

    /** Stores the members of {@code source} that are looked for, as a geo set; tells how many. */
    public RedisOperation<Long> geosearchstore(K destination, K source, GeoSearch<V> search) {
        return search.addTo(searching(destination, source)).reply(Reply.NUMBER);
    }

    /** As {@link #geosearchstore}, as a sorted set by their distances. */
    public RedisOperation<Long> geosearchstoreDistances(K destination, K source, GeoSearch<V> search) {
        return search.addTo(searching(destination, source)).word("STOREDIST").reply(Reply.NUMBER);
    }

    private Draft<K, V> searching(K destination, K source) {
        return storing("GEOSEARCHSTORE", destination, List.of(source))
                .key(destination)
                .key(source);
    }
}
