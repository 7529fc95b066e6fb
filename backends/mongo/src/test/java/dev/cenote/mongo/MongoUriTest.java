package dev.cenote.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.Pools;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MongoUriTest {
    @ParameterizedTest
    @CsvSource({
        "maxPoolSize=5, pool.maxSize",
        "minPoolSize=5, pool.minSize",
        "maxConnecting=5, pool.maxConnecting",
        "maxIdleTimeMS=5, pool.idleTimeout",
        "maxLifeTimeMS=5, pool.maxLifetime",
        "waitQueueTimeoutMS=5, pool.acquireTimeout",
        "connectTimeoutMS=5, pool.connectTimeout",
        "serverSelectionTimeoutMS=5, pool.connectTimeout",
        "socketTimeoutMS=5, pool.operationTimeout",
        "TIMEOUTms=5, pool.operationTimeout"
    })
    void driversLimitsAreRefusedAndThePoolsNamed(String parameter, String instead) {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?" + parameter))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("parameter " + parameter.substring(0, parameter.indexOf('=')) + " is the pool's: use "
                        + instead + " instead");
    }

    @Test
    void unknownOptionIsRefusedByName() {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?replicatSet=rs"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("parameter replicatSet is unknown; known are [appName, ")
                .hasMessageContaining("replicaSet");
    }

    @Test
    void optionThatTheDriverWouldIgnoreIsRefused() {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?tls=true&tlsCAFile=/ca.pem"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("parameter tlsCAFile is refused")
                .hasMessageContaining("settings(...)");
    }

    @ParameterizedTest
    @CsvSource({
        "retryWrites=maybe, 'parameter retryWrites must be true or false, was maybe'",
        "wTimeoutMS=soon, 'parameter wTimeoutMS must be a whole number, was soon'",
        "replicaSet=, 'parameter replicaSet must not be empty'",
        "tls=yes, 'parameter tls must be true or false, was yes'",
        "readPreference=nearby, 'parameter readPreference must be one of nearest, primary, primaryPreferred, secondary, secondaryPreferred, was nearby'",
        "readConcernLevel=high, 'parameter readConcernLevel must be one of available, linearizable, local, majority, snapshot, was high'",
        "authMechanism=kerberos, 'parameter authMechanism must be one of GSSAPI, MONGODB-AWS, MONGODB-OIDC, MONGODB-X509, PLAIN, SCRAM-SHA-1, SCRAM-SHA-256, was kerberos'",
        "'compressors=zlib,lz4', 'parameter compressors must be a list of snappy, zlib, zstd, was zlib,lz4'"
    })
    void malformedValueIsRefusedByName(String parameter, String message) {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?" + parameter))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"directConnection=true&loadBalanced=true", "tls=true&ssl=false", "authMechanism=PLAIN"})
    void whatTheDriverRefusesIsAConfigurationError(String parameters) {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?" + parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("uri mongodb://h/?" + parameters + " is malformed: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://u:s3cr:et@h/?readPreference=nearby",
                "mongodb://u:s3cr%2Fet@h/?directConnection=true&readPreference=nearby",
                "mongodb://u:s3cr et@h/?maxPoolSize=1",
                "mongodb://u:s3cret@h/?authMechanism=kerberos",
                "mongodb://u:s3cret@h/?authMechanism=MONGODB-X509",
                "mongodb://u:s3cret@h/?tls=true&ssl=false",
                "mongodb://u:s3cret@h,h/?directConnection=true"
            })
    void passwordIsInNoMessage(String uri) {
        assertThatThrownBy(() -> MongoPool.builder().uri(uri))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("s3cr");
    }

    @Test
    void noOptionHidesBehindASemicolon() {
        assertThatThrownBy(() -> MongoPool.builder().uri("mongodb://h/?appName=a;maxPoolSize=5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("parameters must be separated by &");
    }

    @Test
    void tokenOfAMechanismIsNotShown() {
        String uri = "mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN:s3cret&appName=a";
        assertThat(PoolUri.parse(uri)).hasToString("mongodb://h/?authMechanismProperties=***&appName=a");
    }

    @Test
    void passwordIsNotShown() {
        assertThat(MongoUri.of(PoolUri.parse("mongodb://u:s3cret@h/db"))).hasToString("mongodb://u:***@h/db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb://h/a.b", "mongodb://h/a%20b"})
    void databaseThatTheServerWouldRefuseIsRefused(String uri) {
        assertThatThrownBy(() -> MongoPool.builder().uri(uri))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("database must");
    }

    @Test
    void otherSchemeIsRefused() {
        assertThatThrownBy(() -> MongoPool.builder().uri("redis://h"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("uri must start with mongodb:// or mongodb+srv://, was redis://h");
    }

    @Test
    void nameServerIsNotAskedAsThePoolIsMade() {
        try (var pool = Pools.open("mongodb+srv://nowhere.invalid/db?pool.name=srv")) {
            assertThat(pool).isInstanceOf(MongoPool.class);
            assertThat(pool.name()).isEqualTo("srv");
        }
    }

    @Test
    void userIsGivenOnce() {
        assertThatThrownBy(() -> MongoPool.builder()
                        .uri("mongodb://u:p@h")
                        .user("u")
                        .password("p")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("user must be given once, was given by uri and by user(...)");
    }

    @Test
    void userAndPasswordAreGivenTogether() {
        assertThatThrownBy(() -> MongoPool.builder().user("u").build())
                .hasMessage("password must be given with user u, was not");
        assertThatThrownBy(() -> MongoPool.builder().password("p").build())
                .hasMessage("user must be given with a password, was not");
    }
}
