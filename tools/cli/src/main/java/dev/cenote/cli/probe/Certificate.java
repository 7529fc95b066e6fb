package dev.cenote.cli.probe;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a server's certificate.
 *
 * @param subject whose it is
 * @param issuer who signed it
 * @param names the host names and addresses that it is for
 * @param validFrom when it begins to hold
 * @param validUntil when it ends
 * @param isTrusted true if Java's own list of authorities leads to it
 */
record Certificate(
        String subject, String issuer, List<String> names, Instant validFrom, Instant validUntil, boolean isTrusted) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)\\s*CN=([^,]+)");

    Certificate {
        names = List.copyOf(names);
    }

    static Certificate of(X509Certificate certificate, boolean isTrusted) {
        String subject = certificate.getSubjectX500Principal().getName();
        return new Certificate(
                subject,
                certificate.getIssuerX500Principal().getName(),
                names(certificate, subject),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                isTrusted);
    }

    /** The alternative names; the common name only where there are none, as drivers do. */
    private static List<String> names(X509Certificate certificate, String subject) {
        var names = new ArrayList<String>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME)
                            || alternative.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            return names;
        }
        Matcher common = COMMON_NAME.matcher(subject);
        if (names.isEmpty() && common.find()) {
            names.add(common.group(1));
        }
        return names;
    }

    boolean isSelfSigned() {
        return subject.equals(issuer);
    }

    /** True if it is for that host; a star stands for one label at the beginning. */
    boolean isFor(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(name -> matches(name, wanted));
    }

    private static boolean matches(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
}
