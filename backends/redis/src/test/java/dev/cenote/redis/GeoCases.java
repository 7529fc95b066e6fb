package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.geo;
import static dev.cenote.redis.RedisOperations.sortedSets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Of places. */
final class GeoCases {
    private static final GeoPoint PALERMO = new GeoPoint(13.361389, 38.115556);
    private static final GeoPoint CATANIA = new GeoPoint(15.087269, 37.502669);

    private GeoCases() {}

    private static RedisOperation<Long> sicily() {
        return geo().geoadd("g", Map.of("Palermo", PALERMO, "Catania", CATANIA));
    }

    private static GeoSearch<String> from(GeoPoint point) {
        return GeoSearch.<String>within(200, GeoUnit.KILOMETERS, point).nearestFirst();
    }

    private static void isNear(GeoPoint found, GeoPoint wanted) {
        assertThat(found.longitude()).isCloseTo(wanted.longitude(), within(0.0001));
        assertThat(found.latitude()).isCloseTo(wanted.latitude(), within(0.0001));
    }

    static Stream<OperationCase<?>> all() {
        var middle = new GeoPoint(15, 37);
        return Stream.of(
                of("geo.geoadd", geo().geoadd("g", PALERMO, "Palermo")).gives(true),
                of("geo.geoadd", sicily()).gives(2L).leaves(sortedSets().zcard("g"), 2L),
                of("geo.geoadd", geo().geoadd("g", ZaddOptions.none().ifPresent(), Map.of("Rome", middle)))
                        .given(sicily())
                        .gives(0L)
                        .leaves(sortedSets().zcard("g"), 2L),
                of("geo.geodist", geo().geodist("g", "Palermo", "Catania", GeoUnit.METERS))
                        .given(sicily())
                        .satisfies(
                                distance -> assertThat(distance.orElseThrow()).isCloseTo(166274, within(1.0))),
                of("geo.geodist", geo().geodist("g", "Palermo", "none", GeoUnit.MILES))
                        .given(sicily())
                        .gives(Optional.empty()),
                of("geo.geopos", geo().geopos("g", "Palermo", "none"))
                        .given(sicily())
                        .satisfies(points -> {
                            assertThat(points).hasSize(2);
                            isNear(points.get(0).orElseThrow(), PALERMO);
                            assertThat(points.get(1)).isEmpty();
                        }),
                of("geo.geohash", geo().geohash("g", "Palermo", "none"))
                        .given(sicily())
                        .gives(List.of(Optional.of("sqc8b49rny0"), Optional.empty())),
                of("geo.geosearch", geo().geosearch("g", from(middle)))
                        .given(sicily())
                        .gives(List.of("Catania", "Palermo")),
                of(
                                "geo.geosearch",
                                geo().geosearch(
                                                "g",
                                                from(middle).farthestFirst().count(1)))
                        .given(sicily())
                        .gives(List.of("Palermo")),
                of(
                                "geo.geosearch",
                                geo().geosearch("g", from(middle).box(20, 200).any(5)))
                        .given(sicily())
                        .gives(List.of("Catania")),
                of("geo.geosearch", geo().geosearch("g", GeoSearch.withinOfMember(1, GeoUnit.FEET, "Catania")))
                        .given(sicily())
                        .gives(List.of("Catania")),
                of("geo.geosearchWithPlaces", geo().geosearchWithPlaces("g", from(middle)))
                        .given(sicily())
                        .satisfies(found -> {
                            assertThat(found).extracting(GeoFound::member).containsExactly("Catania", "Palermo");
                            assertThat(found.get(0).distance()).isCloseTo(56.4413, within(0.01));
                            isNear(found.get(0).point(), CATANIA);
                        }),
                of(
                                "geo.geosearchstore",
                                geo().geosearchstore("h", "g", from(middle).count(1)))
                        .given(sicily())
                        .gives(1L)
                        .leaves(sortedSets().zrange("h", 0, -1), List.of("Catania")),
                of("geo.geosearchstoreDistances", geo().geosearchstoreDistances("h", "g", from(middle)))
                        .given(sicily())
                        .gives(2L)
                        .leaves(sortedSets().zcount("h", ScoreRange.between(50, 60)), 1L));
    }
}
