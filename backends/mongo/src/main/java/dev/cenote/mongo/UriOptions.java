package dev.cenote.mongo;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The options of the connection string specification that the driver understands. The driver itself only logs a warning
 * at an unknown name or a malformed number, and goes on with its default.
 */
final class UriOptions {
    private static final String YES_NO = "true or false";
    private static final String NUMBER = "a whole number";

    private static final Map<String, Rule> KNOWN = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<String, String> OURS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<String, String> REFUSED = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        var text = new Rule("", Pattern.compile(".+", Pattern.DOTALL));
        var bool = new Rule(YES_NO, Pattern.compile("true|false"));
        var number = new Rule(NUMBER, Pattern.compile("-?\\d{1,9}"));
        known(text, "appName", "authMechanismProperties", "authSource", "gssapiServiceName");
        known(text, "proxyHost", "proxyPassword", "proxyUsername", "replicaSet");
        known(text, "srvAllowedHostsSuffix", "srvServiceName", "w");
        String mechanisms = "GSSAPI, MONGODB-AWS, MONGODB-OIDC, MONGODB-X509, PLAIN, SCRAM-SHA-1, SCRAM-SHA-256";
        known(oneOf(mechanisms), "authMechanism");
        known(oneOf("available, linearizable, local, majority, snapshot"), "readConcernLevel");
        known(oneOf("nearest, primary, primaryPreferred, secondary, secondaryPreferred"), "readPreference");
        known(oneOf("auto, poll, stream"), "serverMonitoringMode");
        known(oneOf("csharpLegacy, javaLegacy, pythonLegacy, standard, unspecified"), "uuidRepresentation");
        known(listOf("snappy, zlib, zstd"), "compressors");
        known(new Rule("", Pattern.compile(".*", Pattern.DOTALL)), "readPreferenceTags");
        known(bool, "directConnection", "enableOverloadRetargeting", "journal", "loadBalanced", "retryReads");
        known(bool, "retryWrites", "ssl", "sslInvalidHostNameAllowed", "tls", "tlsAllowInvalidHostnames");
        known(bool, "tlsInsecure");
        known(number, "heartbeatFrequencyMS", "localThresholdMS", "maxAdaptiveRetries", "maxStalenessSeconds");
        known(number, "proxyPort", "srvMaxHosts", "wTimeoutMS", "zlibCompressionLevel");

        OURS.put("maxPoolSize", "pool.maxSize");
        OURS.put("minPoolSize", "pool.minSize");
        OURS.put("maxConnecting", "pool.maxConnecting");
        OURS.put("maxIdleTimeMS", "pool.idleTimeout");
        OURS.put("maxLifeTimeMS", "pool.maxLifetime");
        OURS.put("waitQueueTimeoutMS", "pool.acquireTimeout");
        OURS.put("connectTimeoutMS", "pool.connectTimeout");
        OURS.put("serverSelectionTimeoutMS", "pool.connectTimeout");
        OURS.put("socketTimeoutMS", "pool.operationTimeout");
        OURS.put("timeoutMS", "pool.operationTimeout");

        for (String name : new String[] {
            "tlsCAFile",
            "tlsCertificateKeyFile",
            "tlsCertificateKeyFilePassword",
            "tlsAllowInvalidCertificates",
            "tlsDisableCertificateRevocationCheck",
            "tlsDisableOCSPEndpointCheck",
            "tlsCRLFile"
        }) {
            REFUSED.put(
                    name,
                    "the driver for Java has no such option: give it an SSL context through settings(...) instead");
        }
    }

    /** What a value must be. */
    private record Rule(String words, Pattern form) {}

    private UriOptions() {}

    /** One of these words, in any case, as the driver reads them. */
    private static Rule oneOf(String words) {
        return new Rule("one of " + words, Pattern.compile("(?i)" + words.replace(", ", "|")));
    }

    private static Rule listOf(String words) {
        String any = "(" + words.replace(", ", "|") + ")";
        return new Rule("a list of " + words, Pattern.compile("(?i)" + any + "(," + any + ")*"));
    }

    private static void known(Rule rule, String... names) {
        for (String name : names) {
            KNOWN.put(name, rule);
        }
    }

    /**
     * Checks the names and the form of the values; what a value means is the driver's to check.
     *
     * @throws ConfigurationException that names the option
     */
    static void check(Map<String, String> options) {
        options.forEach(UriOptions::check);
    }

    private static void check(String name, String value) {
        String ours = OURS.get(name);
        if (ours != null) {
            throw new ConfigurationException("parameter " + name + " is the pool's: use " + ours + " instead");
        }
        String reason = REFUSED.get(name);
        if (reason != null) {
            throw new ConfigurationException("parameter " + name + " is refused: " + reason);
        }
        Rule rule = KNOWN.get(name);
        if (rule == null) {
            throw new ConfigurationException("parameter " + name + " is unknown; known are " + KNOWN.keySet());
        }
        if (!rule.form().matcher(value).matches()) {
            throw new ConfigurationException(
                    rule.words().isEmpty()
                            ? "parameter " + name + " must not be empty"
                            : "parameter " + name + " must be " + rule.words() + ", was "
                                    + value.toLowerCase(Locale.ROOT));
        }
    }
}
