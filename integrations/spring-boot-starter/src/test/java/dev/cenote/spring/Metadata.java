package dev.cenote.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration metadata of this module, as an editor reads it. */
public final class Metadata {
    /** One property. */
    public record Property(
            String name,
            String type,
            String description,
            @Nullable String defaultValue) {}

    private Metadata() {}

    /** All properties, by name. */
    public static TreeMap<String, Property> properties() {
        var found = new TreeMap<String, Property>();
        for (JsonNode each : read().get("properties")) {
            found.put(each.get("name").asString(), property(each));
        }
        return found;
    }

    /** The properties under {@code prefix}, without it. */
    public static List<String> namesUnder(String prefix) {
        return properties().keySet().stream()
                .filter(name -> name.startsWith(prefix + "."))
                .map(name -> name.substring(prefix.length() + 1))
                .toList();
    }

    /** The names of the properties for which there are hints. */
    public static List<String> hinted() {
        var names = new ArrayList<String>();
        read().get("hints").forEach(hint -> names.add(hint.get("name").asString()));
        return names;
    }

    private static Property property(JsonNode each) {
        return new Property(
                each.get("name").asString(),
                each.path("type").asString(""),
                each.path("description").asString(""),
                each.has("defaultValue") ? text(each.get("defaultValue")) : null);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private static JsonNode read() {
        try (InputStream json = Metadata.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.builder()
                    .build()
                    .readTree(Objects.requireNonNull(json).readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
