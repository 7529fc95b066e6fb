package dev.cenote.protocols;

import dev.cenote.protocols.errors.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database URI: {@code scheme://user:password@host:port,host:port/path?parameter=value}. Parameters with the prefix
 * {@code pool.} are the pool's, all others the driver's. User, password, path and parameters are percent-decoded.
 *
 * <p>Immutable. {@link #toString()} masks the password, and every error message does.
 */
public final class PoolUri {
    /** Prefix of the parameters that are the pool's. */
    public static final String POOL_PREFIX = "pool.";

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern PORT_OR_HOSTS = Pattern.compile(":\\d*(?:,.*)?");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)([?&][^=&]*(?:password|passwd|pwd|secret|token|authmechanismproperties)[^=&]*=)[^&]*");
    /** A colon that is neither that of {@code jdbc:} nor a sentence's. */
    private static final Pattern COLON_OF_USER_INFO = Pattern.compile("(?i)(?<!jdbc):(?!\\s)");

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String ENDS_OF_SENTENCES = ".,:;!?)]'\"";

    private final String text;
    private final String scheme;
    private final Optional<String> user;
    private final Optional<String> password;
    private final List<HostAndPort> hosts;
    private final String path;
    private final Map<String, String> driverParameters;
    private final Map<String, String> poolParameters;

    private PoolUri(String text) {
        this.text = text;
        int authorityAt = text.indexOf("://");
        if (authorityAt < 0 || !SCHEME.matcher(text.substring(0, authorityAt)).matches()) {
            throw new ConfigurationException("uri must start with scheme://, was " + mask(text));
        }
        scheme = text.substring(0, authorityAt).toLowerCase(Locale.ROOT);
        int queryAt = text.indexOf('?', authorityAt);
        String beforeQuery = queryAt < 0 ? text : text.substring(0, queryAt);
        int pathAt = beforeQuery.indexOf('/', authorityAt + 3);
        String authority = beforeQuery.substring(authorityAt + 3, pathAt < 0 ? beforeQuery.length() : pathAt);
        path = pathAt < 0 ? "" : decode("path", beforeQuery.substring(pathAt + 1));
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        int colon = userInfo.indexOf(':');
        user = nonEmpty(decode("user", colon < 0 ? userInfo : userInfo.substring(0, colon)));
        password = colon < 0 ? Optional.empty() : Optional.of(decode("password", userInfo.substring(colon + 1)));
        if (at < 0 && endsInsidePassword(authority, text.substring(authorityAt))) {
            throw new ConfigurationException(
                    "uri must percent-encode / ? # and @ in user and password, was " + mask(text));
        }
        hosts = parseHosts(authority.substring(at + 1));
        var ours = new LinkedHashMap<String, String>();
        var theirs = new LinkedHashMap<String, String>();
        parseParameters(queryAt < 0 ? "" : text.substring(queryAt + 1), ours, theirs);
        poolParameters = Collections.unmodifiableMap(ours);
        driverParameters = Collections.unmodifiableMap(theirs);
    }

    /**
     * Reads a URI.
     *
     * @throws ConfigurationException if it is malformed; the message names the part, the rule and the value
     */
    public static PoolUri parse(String uri) {
        return new PoolUri(uri.strip());
    }

    /**
     * A URI with every password in it replaced by {@code ***}, whether it is well-formed or not: all that may belong to a
     * password goes, white space included. For the words of a driver there is {@link #maskMessage}.
     */
    public static String mask(String text) {
        return SECRET_PARAMETER.matcher(maskUserInfo(text)).replaceAll("$1***");
    }

    /**
     * A sentence, such as a driver's error, with the passwords of all URIs in it replaced by {@code ***}. What is around
     * the URIs stays; their passwords are taken to hold no white space.
     */
    public static String maskMessage(String message) {
        if (message.indexOf('@') < 0 && message.indexOf('=') < 0) {
            return message;
        }
        return WORD.matcher(message).replaceAll(word -> Matcher.quoteReplacement(maskWord(word.group())));
    }

    private static String maskWord(String word) {
        return maskParameters(maskUserInfo(word));
    }

    private static String maskUserInfo(String text) {
        int at = text.lastIndexOf('@');
        int authority = text.indexOf("://");
        Matcher before = COLON_OF_USER_INFO.matcher(text);
        // Behind such a colon it is within a password.
        boolean uri = authority >= 0 && (!before.find() || before.start() >= authority);
        int colon = text.indexOf(':', uri ? authority + 3 : 0);
        if (colon < 0 || colon > at) {
            return text;
        }
        return (uri ? text.substring(0, colon + 1) : "") + "***" + text.substring(at);
    }

    /** The signs at the end are the sentence's. */
    private static String maskParameters(String word) {
        int length = word.length();
        while (length > 0 && ENDS_OF_SENTENCES.indexOf(word.charAt(length - 1)) >= 0) {
            length--;
        }
        return SECRET_PARAMETER.matcher(word.substring(0, length)).replaceAll("$1***") + word.substring(length);
    }

    /** True if what looks like the port is the beginning of a password, which no error may show. */
    private static boolean endsInsidePassword(String authority, String rest) {
        int colon = authority.indexOf(':');
        return !authority.startsWith("[")
                && colon >= 0
                && rest.indexOf('@') >= 0
                && !PORT_OR_HOSTS.matcher(authority.substring(colon)).matches();
    }

    private static List<HostAndPort> parseHosts(String text) {
        var hosts = new ArrayList<HostAndPort>();
        for (String host : text.split(",", -1)) {
            hosts.add(HostAndPort.parse(decode("host", host)));
        }
        return List.copyOf(hosts);
    }

    private static void parseParameters(String query, Map<String, String> ours, Map<String, String> theirs) {
        if (query.isEmpty()) {
            return;
        }
        int number = 0;
        for (String parameter : query.split("&", -1)) {
            number++;
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                // Not shown: it may be the rest of a password that holds an ampersand.
                throw new ConfigurationException("parameter " + number + " must have the form name=value");
            }
            String name = decode("parameter", parameter.substring(0, equals));
            String value = decode("parameter " + name, parameter.substring(equals + 1));
            boolean pools = name.startsWith(POOL_PREFIX);
            String key = pools ? name.substring(POOL_PREFIX.length()) : name;
            if ((pools ? ours : theirs).put(key, value) != null) {
                throw new ConfigurationException("parameter " + name + " must be given once, was given again");
            }
        }
    }

    private static String decode(String part, String encoded) {
        try {
            // URLDecoder is for forms, where a plus sign is a space; in a URI it is a plus sign.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException(
                    part + " must be percent-encoded: % wants two hexadecimal digits after it");
        }
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The scheme, in lower case. */
    public String scheme() {
        return scheme;
    }

    /** The user, if one is named. */
    public Optional<String> user() {
        return user;
    }

    /** The password, if one is given. Secret. */
    public Optional<String> password() {
        return password;
    }

    /** The servers; at least one. */
    public List<HostAndPort> hosts() {
        return hosts;
    }

    /** What follows the first slash after the host: the database, where there is one; else empty. */
    public String path() {
        return path;
    }

    /** The parameters for the driver, in order. May hold secrets. */
    public Map<String, String> driverParameters() {
        return driverParameters;
    }

    /** The parameters for the pool, without their prefix, in order. */
    public Map<String, String> poolParameters() {
        return poolParameters;
    }

    /** The URI as it was given, password included, less the pool's parameters: for a driver that reads URIs. Secret. */
    public String driverUri() {
        int queryAt = text.indexOf('?');
        if (queryAt < 0 || poolParameters.isEmpty()) {
            return text;
        }
        var kept = new ArrayList<String>();
        for (String parameter : text.substring(queryAt + 1).split("&", -1)) {
            if (!decode("parameter", parameter).startsWith(POOL_PREFIX)) {
                kept.add(parameter);
            }
        }
        String base = text.substring(0, queryAt);
        return kept.isEmpty() ? base : base + "?" + String.join("&", kept);
    }

    /** The URI with its passwords masked. */
    @Override
    public String toString() {
        return mask(text);
    }
}
