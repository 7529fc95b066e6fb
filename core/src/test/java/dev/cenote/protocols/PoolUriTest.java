package dev.cenote.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolUriTest {
    @Test
    void readsAllParts() {
        PoolUri uri = PoolUri.parse(" Postgres://app:secret@db:5433/shop?sslmode=require&pool.maxSize=3 ");

        assertThat(uri.scheme()).isEqualTo("postgres");
        assertThat(uri.user()).contains("app");
        assertThat(uri.password()).contains("secret");
        assertThat(uri.hosts()).containsExactly(new HostAndPort("db", OptionalInt.of(5433)));
        assertThat(uri.path()).isEqualTo("shop");
        assertThat(uri.driverParameters()).containsExactly(java.util.Map.entry("sslmode", "require"));
        assertThat(uri.poolParameters()).containsExactly(java.util.Map.entry("maxSize", "3"));
    }

    @Test
    void allButSchemeAndHostMayBeAbsent() {
        PoolUri uri = PoolUri.parse("redis://localhost");

        assertThat(uri.user()).isEmpty();
        assertThat(uri.password()).isEmpty();
        assertThat(uri.hosts()).containsExactly(new HostAndPort("localhost", OptionalInt.empty()));
        assertThat(uri.path()).isEmpty();
        assertThat(uri.driverParameters()).isEmpty();
        assertThat(uri.poolParameters()).isEmpty();
    }

    @Test
    void passwordMayStandWithoutUser() {
        PoolUri uri = PoolUri.parse("redis://:secret@localhost");

        assertThat(uri.user()).isEmpty();
        assertThat(uri.password()).contains("secret");
    }

    @Test
    void parametersMayFollowTheHostDirectly() {
        assertThat(PoolUri.parse("redis://localhost?pool.maxSize=3").poolParameters())
                .containsEntry("maxSize", "3");
    }

    @Test
    void readsSeveralHosts() {
        assertThat(PoolUri.parse("mongodb://a:1,b,[::1]:3/test").hosts())
                .containsExactly(
                        new HostAndPort("a", OptionalInt.of(1)),
                        new HostAndPort("b", OptionalInt.empty()),
                        new HostAndPort("::1", OptionalInt.of(3)));
    }

    @Test
    void ipv6AddressLosesItsBracketsAndIsShownWithThem() {
        HostAndPort host = PoolUri.parse("redis://[fe80::1]").hosts().get(0);

        assertThat(host).isEqualTo(new HostAndPort("fe80::1", OptionalInt.empty()));
        assertThat(host).hasToString("[fe80::1]");
        assertThat(new HostAndPort("::1", OptionalInt.of(6379))).hasToString("[::1]:6379");
    }

    @Test
    void partsArePercentDecodedAndAPlusSignStays() {
        PoolUri uri = PoolUri.parse("mysql://us%40er:p%2Fa%3As%40s+%25@h/d%C3%A9p%C3%B4t?na%20me=a%26b+c");

        assertThat(uri.user()).contains("us@er");
        assertThat(uri.password()).contains("p/a:s@s+%");
        assertThat(uri.path()).isEqualTo("dépôt");
        assertThat(uri.driverParameters()).containsEntry("na me", "a&b+c");
    }

    @Test
    void parameterValueMayHoldAnEqualsSignAndMayBeEmpty() {
        assertThat(PoolUri.parse("postgres://h?options=-c a=b&empty=").driverParameters())
                .containsEntry("options", "-c a=b")
                .containsEntry("empty", "");
    }

    @Test
    void driverUriLosesThePoolsParametersAlone() {
        assertThat(PoolUri.parse("mongodb://u:p%40w@h/db?a=1&pool.maxSize=3&b=2")
                        .driverUri())
                .isEqualTo("mongodb://u:p%40w@h/db?a=1&b=2");
        assertThat(PoolUri.parse("mongodb://h/db?pool%2EmaxSize=3").driverUri()).isEqualTo("mongodb://h/db");
        assertThat(PoolUri.parse("mongodb://h/db?a=1").driverUri()).isEqualTo("mongodb://h/db?a=1");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://u:secret@h/0, redis://u:***@h/0",
        "redis://:secret@h, redis://:***@h",
        "redis://u:se:cr@e/t@h/0, redis://u:***@h/0",
        "redis://u:se?cr#et@h/0, redis://u:***@h/0",
        "redis://u:@h, redis://u:***@h",
        "redis://u@h, redis://u@h",
        "postgres://h/db?user=u&password=secret&sslmode=require, postgres://h/db?user=u&password=***&sslmode=require",
        "postgres://h/db?sslPassword=secret, postgres://h/db?sslPassword=***",
        "mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN:x, mongodb://h/?authMechanismProperties=***",
        "app:secret@h:5432/db, ***@h:5432/db",
        "not a uri://u:secret@h, not a uri://u:***@h",
        "mysql://app@server:secret@h/db, mysql://app@server:***@h/db",
        "mysql://a/p?p:secret@h/db, mysql://a/p?p:***@h/db"
    })
    void passwordsAreMasked(String uri, String masked) {
        assertThat(PoolUri.mask(uri)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cannot connect to mysql://app:s3cret@db.example:3306/shop within 5 s: Access denied for user"
                        + " 'app'@'10.0.0.1' (using password: YES); is there a mysql server at db.example:3306?"
                        + "|cannot connect to mysql://app:***@db.example:3306/shop within 5 s: Access denied for user"
                        + " 'app'@'10.0.0.1' (using password: YES); is there a mysql server at db.example:3306?",
                "Access denied for user 'app'@'::1' to database 'x'|Access denied for user 'app'@'::1' to database 'x'",
                "no route to app:s3cret@h:5432/db: timed out|no route to ***@h:5432/db: timed out",
                "no route to app@server:s3cret@h, again|no route to ***@h, again",
                "(jdbc:postgresql://u:s3cret@h/db) failed|(jdbc:postgresql://u:***@h/db) failed",
                "from redis://a:s3cret@h to redis://b:s3cret@i|from redis://a:***@h to redis://b:***@i",
                "redis://u:***@h: refused|redis://u:***@h: refused",
                "postgres://h/d?password=s3cret&a=b: refused, x=y|postgres://h/d?password=***&a=b: refused, x=y",
                "'postgres://h/d?user=u&password=s3cret'; why?|'postgres://h/d?user=u&password=***'; why?",
                "give the address with #token=..., or --token|give the address with #token=..., or --token"
            })
    void passwordsInAMessageAreMaskedAndItsWordsStay(String message, String masked) {
        assertThat(PoolUri.maskMessage(message)).isEqualTo(masked);
        assertThat(PoolUri.maskMessage(masked)).isEqualTo(masked);
    }

    @Test
    void noPasswordOutlastsTheMaskWhateverItsSigns() {
        String signs = "@:/?#&%'\"\\$+.,;!()[]{}=*~^|<>`- \t\nab1";
        for (String password : passwords(signs)) {
            assertThat(PoolUri.mask("mysql://app:" + password + "@h/d")).isEqualTo("mysql://app:***@h/d");
            assertThat(PoolUri.mask("app:x" + password + "@h/d"))
                    .endsWith("@h/d")
                    .doesNotContain("geheim");
        }
    }

    @Test
    void noPasswordWithoutWhiteSpaceOutlastsTheMaskOfAMessageWhateverItsSigns() {
        for (String password : passwords("@:/?#&%'\"\\$+.,;!()[]{}=*~^|<>`-ab1\u00a0\u00e4")) {
            assertThat(PoolUri.maskMessage("To mysql://app:" + password + "@h/d: denied for 'app'@'i' (password: NO)"))
                    .isEqualTo("To mysql://app:***@h/d: denied for 'app'@'i' (password: NO)");
            assertThat(PoolUri.maskMessage("at app:x" + password + "@h/d, why?"))
                    .isEqualTo("at ***@h/d, why?");
            String value = password.replace("&", "");
            assertThat(PoolUri.maskMessage("at x://h?sslPassword=" + value + "1&b=c, why?"))
                    .doesNotContain("geheim")
                    .endsWith("&b=c, why?");
        }
    }

    private static List<String> passwords(String signs) {
        var random = new Random(42);
        return IntStream.range(0, 5_000)
                .mapToObj(each -> some(signs, random) + "geheim" + some(signs, random))
                .toList();
    }

    private static String some(String signs, Random random) {
        return random.ints(random.nextInt(8), 0, signs.length())
                .mapToObj(at -> signs.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    @Test
    void showsItselfMasked() {
        assertThat(PoolUri.parse("redis://u:secret@h?password=secret")).hasToString("redis://u:***@h?password=***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:/u:secret@h",
                "://u:secret@h",
                "redis://u:secret@",
                "redis://u:secret@h:port",
                "redis://u:secret%2@h",
                "redis://u:secret/x@h",
                "redis://u:secret?x@h",
                "redis://u:secret?x=1@h",
                "redis://h?password=secret&secret",
                "redis://h?password=secret&password=secret",
                "redis://h?=secret",
                "redis://h?password=secret%zz"
            })
    void errorsHoldNoPassword(String uri) {
        assertThatThrownBy(() -> PoolUri.parse(uri))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:6379, 'uri must start with scheme://, was localhost:6379'",
        "1redis://h, 'uri must start with scheme://, was 1redis://h'",
        "redis://, 'host must not be empty, was \"\"'",
        "'redis://a,,b', 'host must not be empty, was \"\"'",
        "redis://:6379, 'host must not be empty, was :6379'",
        "redis://h:, 'port must be a number, was \"\"'",
        "redis://h:x, 'port must be a number, was x'",
        "redis://h:0, 'port must be between 1 and 65535, was 0'",
        "redis://h:65536, 'port must be between 1 and 65535, was 65536'",
        "redis://[::1, 'host must close its bracket, was [::1'",
        "redis://[::1]x, 'host must end at its bracket or go on with :port, was [::1]x'",
        "redis://h/%zz, 'path must be percent-encoded: % wants two hexadecimal digits after it'",
        "redis://h?a=1&a=2, 'parameter a must be given once, was given again'",
        "redis://h?pool.maxSize=1&pool.maxSize=2, 'parameter pool.maxSize must be given once, was given again'",
        "redis://h?=1, 'parameter 1 must have the form name=value'",
        "redis://h?a=1&b, 'parameter 2 must have the form name=value'",
        "redis://u:se/cret@h, 'uri must percent-encode / ? # and @ in user and password, was redis://u:***@h'"
    })
    void malformedPartIsNamedWithItsRule(String uri, String message) {
        assertThatThrownBy(() -> PoolUri.parse(uri))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
