package dev.cenote.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file of the page. Those listed here are served, and nothing else of the class path.
 *
 * @param type its content type
 * @param bytes what is in it; not to be changed
 */
record Asset(String type, byte[] bytes) {
    private static final Map<String, Asset> BY_PATH = List.of(
                    "index.html",
                    "style.css",
                    "icon.svg",
                    "app.js",
                    "charts.js",
                    "dialogs.js",
                    "dom.js",
                    "live.js",
                    "log.js",
                    "panels.js",
                    "words.js",
                    "uplot/uPlot.esm.js",
                    "uplot/uPlot.min.css")
            .stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Asset::load));

    /** The file at that path; the page itself at {@code /}. */
    static Optional<Asset> at(String path) {
        return Optional.ofNullable(BY_PATH.get(path.equals("/") ? "index.html" : path.substring(1)));
    }

    private static Asset load(String name) {
        try (InputStream in = Asset.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("page/" + name);
            }
            return new Asset(type(name), in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException("the jar lacks a part of the page", broken);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }
}
