package dev.cenote.spring;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.ClassUtils;
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

    private static final Pattern GROUPS =
            Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(dev\\.cenote\\..*)>");

    private Metadata() {}

    /** All properties, by name. */
    public static TreeMap<String, Property> properties() {
        var found = new TreeMap<String, Property>();
        for (JsonNode each : read().get("properties")) {
            found.put(each.get("name").asString(), property(each));
        }
        return found;
    }

    /**
     * A property that holds a value, and no other properties.
     *
     * @param type what its value is
     * @param defaultValue what it is if nothing is said; null if that depends
     */
    public record Leaf(Class<?> type, @Nullable Object defaultValue) {}

    /** All that a user can set, by name, with a star for the name of a policy. */
    public static TreeMap<String, Leaf> leaves() {
        var found = new TreeMap<String, Leaf>();
        properties().forEach((name, property) -> {
            Matcher group = GROUPS.matcher(property.type());
            if (group.matches()) {
                ofGroup(classOf(group.group(1))).forEach((nested, leaf) -> found.put(name + ".*." + nested, leaf));
            } else {
                Class<?> type = classOf(property.type().replaceAll("<.*", ""));
                found.put(
                        name,
                        new Leaf(
                                type,
                                property.defaultValue() == null
                                        ? null
                                        : ApplicationConversionService.getSharedInstance()
                                                .convert(property.defaultValue(), type)));
            }
        });
        return found;
    }

    /** The metadata stops at a map; what its values have is said by their class. */
    private static TreeMap<String, Leaf> ofGroup(Class<?> type) {
        var found = new TreeMap<String, Leaf>();
        var bean = new BeanWrapperImpl(type);
        for (PropertyDescriptor each : bean.getPropertyDescriptors()) {
            if (each.getWriteMethod() != null) {
                found.put(
                        DataObjectPropertyName.toDashedForm(each.getName()),
                        new Leaf(each.getPropertyType(), bean.getPropertyValue(each.getName())));
            }
        }
        return found;
    }

    private static Class<?> classOf(String name) {
        return ClassUtils.resolveClassName(name, Metadata.class.getClassLoader());
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
