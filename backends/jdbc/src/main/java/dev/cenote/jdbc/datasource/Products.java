package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The products that the backends on the class or module path provide. */
final class Products {
    private static final List<JdbcProduct> KNOWN = load();

    private Products() {}

    private static List<JdbcProduct> load() {
        var found = new ArrayList<JdbcProduct>();
        ServiceLoader.load(JdbcProduct.class, Products.class.getClassLoader()).forEach(found::add);
        return List.copyOf(found);
    }

    /** By a URL, of which what follows the scheme is not read: there are names of the user's in it. */
    static Optional<JdbcProduct> byUrl(String url) {
        List<String> words =
                Arrays.asList(url.toLowerCase(Locale.ROOT).split("[/?;@]", 2)[0].split(":"));
        return KNOWN.stream()
                .filter(product -> product.subprotocols().stream().anyMatch(words::contains))
                .findFirst();
    }

    /** By the class of a driver, a data source or a connection. */
    static Optional<JdbcProduct> byClass(String className) {
        return KNOWN.stream()
                .filter(product -> product.driverPackages().stream().anyMatch(className::startsWith))
                .findFirst();
    }

    /** By what a connection says of itself; where that is another's product with the same driver, by the driver. */
    static Optional<JdbcProduct> byConnection(Connection raw) throws SQLException {
        String name = fact(raw, DatabaseMetaData::getDatabaseProductName);
        Optional<JdbcProduct> named = KNOWN.stream()
                .filter(product -> containsIgnoringCase(product.productNames(), name))
                .findFirst();
        return named.isPresent() ? named : byClass(raw.getClass().getName());
    }

    /** True if what stands in double quotes is a name, and never text. */
    static boolean quotesNamesOnly(Connection raw) throws SQLException {
        return fact(raw, DatabaseMetaData::getIdentifierQuoteString).equals("\"");
    }

    /** What meta data say. */
    private interface Fact {
        @Nullable
        String of(DatabaseMetaData facts) throws SQLException;
    }

    /** Empty where a driver has no meta data: that is no reason not to connect. */
    private static String fact(Connection raw, Fact fact) throws SQLException {
        try {
            DatabaseMetaData facts = raw.getMetaData();
            String told = facts == null ? null : fact.of(facts);
            return told == null ? "" : told;
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException without) {
            return "";
        }
    }

    private static boolean containsIgnoringCase(Set<String> names, String wanted) {
        return names.stream().anyMatch(wanted::equalsIgnoreCase);
    }
}
