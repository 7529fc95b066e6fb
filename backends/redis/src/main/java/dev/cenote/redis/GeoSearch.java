package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which members of a geo set are looked for. Immutable. */
public final class GeoSearch<V> {
    private record Area(String shape, double width, double height, GeoUnit unit) {}

    private record Most(int count, boolean any) {}

    private final @Nullable V member;
    private final @Nullable GeoPoint point;
    private final Area area;
    private final Optional<String> order;
    private final Optional<Most> most;

    private GeoSearch(
            @Nullable V member, @Nullable GeoPoint point, Area area, Optional<String> order, Optional<Most> most) {
        this.member = member;
        this.point = point;
        this.area = area;
        this.order = order;
        this.most = most;
    }

    /** Within {@code radius} round a place. */
    public static <V> GeoSearch<V> within(double radius, GeoUnit unit, GeoPoint point) {
        return new GeoSearch<>(null, point, circle(radius, unit), Optional.empty(), Optional.empty());
    }

    /** Within {@code radius} round a member, which is found too. An error if there is no such member. */
    public static <V> GeoSearch<V> withinOfMember(double radius, GeoUnit unit, V member) {
        return new GeoSearch<>(member, null, circle(radius, unit), Optional.empty(), Optional.empty());
    }

    private static Area circle(double radius, GeoUnit unit) {
        return new Area("BYRADIUS", radius, radius, unit);
    }

    /** Within a box round the same middle instead of a circle. */
    public GeoSearch<V> box(double width, double height) {
        return new GeoSearch<>(member, point, new Area("BYBOX", width, height, area.unit), order, most);
    }

    /** The nearest first; in no order otherwise. */
    public GeoSearch<V> nearestFirst() {
        return new GeoSearch<>(member, point, area, Optional.of("ASC"), most);
    }

    /** The farthest first; in no order otherwise. */
    public GeoSearch<V> farthestFirst() {
        return new GeoSearch<>(member, point, area, Optional.of("DESC"), most);
    }

    /** The nearest {@code count}, or the farthest if they come first. */
    public GeoSearch<V> count(int count) {
        return new GeoSearch<>(
                member, point, area, order, Optional.of(new Most(Check.atLeast("count", 1, count), false)));
    }

    /** Any {@code count}, which is quicker. */
    public GeoSearch<V> any(int count) {
        return new GeoSearch<>(
                member, point, area, order, Optional.of(new Most(Check.atLeast("count", 1, count), true)));
    }

    <K> Draft<K, V> addTo(Draft<K, V> draft) {
        if (member != null) {
            draft.word("FROMMEMBER").value(member);
        } else if (point != null) {
            draft.word("FROMLONLAT").number(point.longitude()).number(point.latitude());
        }
        draft.word(area.shape).number(area.width);
        if (area.shape.equals("BYBOX")) {
            draft.number(area.height);
        }
        draft.word(area.unit.word);
        order.ifPresent(draft::word);
        most.ifPresent(some -> draft.word("COUNT").number(some.count).when(some.any, "ANY"));
        return draft;
    }
}
