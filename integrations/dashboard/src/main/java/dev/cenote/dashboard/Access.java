package dev.cenote.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says who may do what. A page of another origin can make a browser send requests here, and by a name that it points at
 * this address (DNS rebinding) even read what comes back. Three things stop it, each alone enough for what changes a pool:
 *
 * <ul>
 *   <li>{@code Host} must be a name under which the dashboard is known, so that a foreign name reaches nothing;
 *   <li>{@code Origin} and {@code Sec-Fetch-Site}, which a browser sends and no page can forge, must be our own;
 *   <li>the token comes in a header, which no browser adds by itself, as it does with cookies.
 * </ul>
 */
final class Access {
    private static final String BEARER = "Bearer ";

    private final byte[] token;
    private final boolean openReading;
    private final boolean readOnly;
    private final int port;
    private final Set<String> own;
    private final List<String> allowed;

    Access(DashboardOptions options, int port) {
        this.token = options.token().getBytes(StandardCharsets.UTF_8);
        this.openReading = options.openReading();
        this.readOnly = options.readOnly();
        this.port = port;
        this.own = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        own.add(DashboardOptions.literal(options.bind()));
        this.allowed = options.allowedHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** True if the text ends with a port. */
    static boolean hasPort(String host) {
        return host.matches(".*:[0-9]+") && !host.matches("\\[[^]]*");
    }

    /** Why the request is refused, whatever it asks for; null if it is not. */
    @Nullable
    Refusal ofHost(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return hosts.size() == 1 && isOurs(hosts.get(0).toLowerCase(Locale.ROOT))
                ? null
                : new Refusal(403, "host is not one of those under which the dashboard may be asked for");
    }

    private boolean isOurs(String host) {
        String name = hasPort(host) ? host.substring(0, host.lastIndexOf(':')) : host;
        boolean known = own.contains(name) && host.equals(port == 80 && !hasPort(host) ? name : name + ":" + port);
        return known || allowed.contains(host) || allowed.contains(name);
    }

    /** Why the request for data is refused; null if it is not. */
    @Nullable
    Refusal ofReading(HttpExchange exchange) {
        Refusal refusal = ofOrigin(exchange.getRequestHeaders(), Set.of("same-origin", "none"));
        return refusal != null || openReading ? refusal : ofToken(exchange.getRequestHeaders());
    }

    /** Why the request to change something is refused; null if it is not. */
    @Nullable
    Refusal ofChange(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        Refusal refusal = ofOrigin(headers, Set.of("same-origin"));
        if (refusal == null) {
            refusal = ofToken(headers);
        }
        if (refusal == null && readOnly) {
            return new Refusal(403, "the dashboard is read-only");
        }
        String type = headers.getFirst("Content-Type");
        if (refusal == null && (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))) {
            return new Refusal(415, "content type must be application/json");
        }
        return refusal;
    }

    private static @Nullable Refusal ofOrigin(Headers headers, Set<String> sites) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getFirst("Origin");
        boolean foreign = site != null && !sites.contains(site)
                || origin != null && !authority(origin).equalsIgnoreCase(headers.getFirst("Host"));
        return foreign ? new Refusal(403, "request must come from the dashboard's own page") : null;
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException notAnOrigin) {
            return "";
        }
    }

    private @Nullable Refusal ofToken(Headers headers) {
        String given = headers.getFirst("Authorization");
        boolean right = given != null
                && given.startsWith(BEARER)
                && MessageDigest.isEqual(given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
        return right ? null : new Refusal(401, "token is missing or wrong");
    }

    /**
     * Why a request is not served.
     *
     * @param status the status of the answer
     * @param reason in words, for who asked
     */
    record Refusal(int status, String reason) {}
}
