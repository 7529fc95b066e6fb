package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.metrics.PoolBeans;
import dev.cenote.pool.PoolOptions;
import dev.cenote.pool.PoolOptionsBuilder;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.errors.ConfigurationException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The data source as a bean, from properties, and from JNDI. */
class BeanTest {
    private static final String URL = "jdbc:h2:mem:beans;DB_CLOSE_DELAY=-1";

    private static CenoteDataSource bean() {
        var bean = new CenoteDataSource();
        bean.setUrl(URL);
        bean.setUsername("sa");
        bean.setPassword("");
        bean.setName("beans");
        return bean;
    }

    @Test
    void startsWithTheFirstConnection() throws SQLException {
        try (CenoteDataSource bean = bean()) {
            assertThat(bean).hasToString("CenoteDataSource[not started yet]");
            try (Connection connection = bean.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
            // a machine that is slow to connect gets several
            assertThat(bean.pool().stats().created()).isPositive();
        }
    }

    @Test
    void jmxHasItWhileItIsOpenAndNoOtherOfItsName() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = PoolBeans.nameOf("beans");
        try (CenoteDataSource bean = bean();
                CenoteDataSource namesake = bean()) {
            bean.setJmx(true);
            bean.start();
            assertThat(beans.isRegistered(name)).isTrue();

            namesake.setJmx(true);
            assertThatThrownBy(namesake::start)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("name must be unique among the pools with jmx, was beans");
            assertThat(beans.isRegistered(name)).isTrue();
        }
        assertThat(beans.isRegistered(name)).isFalse();
    }

    @Test
    void startsByItselfWhereAsked() {
        try (CenoteDataSource bean = bean()) {
            bean.start();
            bean.start();
            assertThat(bean.toString()).contains("READY");
        }
    }

    @Test
    void isSealedByItsStartAndNamesTheProperty() {
        try (CenoteDataSource bean = bean()) {
            bean.setMaxLifetime(Duration.ofMinutes(1));
            bean.start();
            assertThatThrownBy(() -> bean.setMaxLifetime(Duration.ofMinutes(2)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("maxLifetime must be set before pool beans starts, and it has started");
        }
    }

    @Test
    void sizesAndTimeoutsChangeWhileItRuns() {
        try (CenoteDataSource bean = bean()) {
            bean.setMaxSize(3);
            bean.start();
            bean.setMaxSize(7);
            bean.setMinSize(2);
            bean.setAcquireTimeout(Duration.ofSeconds(9));
            bean.setResetTimeout(Duration.ofSeconds(8));
            assertThat(bean.pool().stats().maxSize()).isEqualTo(7);
            assertThat(bean.pool().stats().minSize()).isEqualTo(2);
            assertThat(bean.pool().timeouts().acquire()).isEqualTo(Duration.ofSeconds(9));
            assertThat(bean.pool().timeouts().reset()).isEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void wrongOptionsAreToldAsJdbcDoes() {
        try (var nowhere = new CenoteDataSource()) {
            assertThatThrownBy(nowhere::getConnection)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessage("one of url, dataSource, dataSourceClassName and jndiName must be set, were 0")
                    .hasCauseInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void closedBeforeItsStartItNeverServes() {
        CenoteDataSource bean = bean();
        bean.close();
        assertThat(bean.isClosed()).isTrue();
        assertThatThrownBy(bean::getConnection).isInstanceOf(SQLNonTransientConnectionException.class);
    }

    /** Frameworks read beans at any time, half set ones too. */
    @Test
    void everyGetterAnswersBeforeTheStart() throws Exception {
        try (var unset = new CenoteDataSource();
                var halfSet = new CenoteDataSource()) {
            halfSet.setMinSize(20); // more than the most, until that is set too
            halfSet.setAcquireTimeout(Duration.ofSeconds(Long.MAX_VALUE));
            assertThat(read(unset)).contains("name", "loginTimeout", "url", "closed", "reference", "parentLogger");
            assertThat(read(halfSet)).hasSameSizeAs(read(unset));
            assertThat(unset.getLoginTimeout()).isEqualTo(5);
            assertThat(halfSet.getLoginTimeout()).isEqualTo(Integer.MAX_VALUE);
            assertThat(unset.getName()).startsWith("jdbc-").isEqualTo(unset.getName());
            halfSet.setName("half");
            assertThat(halfSet.getName()).isEqualTo("half");
            halfSet.setLoginTimeout(7);
            assertThat(halfSet.getLoginTimeout()).isEqualTo(7);
            assertThatThrownBy(halfSet::getConnection)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasMessageContaining("url");
        }
    }

    /** The names of all properties, each of which was read; a reference may be refused, in JNDI's words. */
    private static Set<String> read(CenoteDataSource bean) throws Exception {
        var read = new TreeSet<String>();
        for (PropertyDescriptor property :
                Introspector.getBeanInfo(CenoteDataSource.class).getPropertyDescriptors()) {
            Method getter = property.getReadMethod();
            if (getter == null || property.getName().equals("connection")) {
                continue;
            }
            try {
                getter.invoke(bean);
            } catch (InvocationTargetException failure) {
                assertThat(property.getName()).isEqualTo("reference");
                assertThat(failure).hasCauseInstanceOf(NamingException.class);
            }
            read.add(property.getName());
        }
        return read;
    }

    /** The builder's methods that take one value, but for those that change verdicts and take text for others. */
    private static Set<String> optionsOfBuilder() {
        return Arrays.stream(CenoteDataSourceBuilder.class.getMethods())
                .filter(method -> method.getReturnType() == CenoteDataSourceBuilder.class
                        || method.getReturnType() == PoolOptionsBuilder.class)
                .filter(method -> method.getParameterCount() == 1 && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyOptionOfTheBuilderHasASetter() throws Exception {
        var setters = Arrays.stream(
                        Introspector.getBeanInfo(CenoteDataSource.class).getPropertyDescriptors())
                .filter(property -> property.getWriteMethod() != null)
                .map(property -> property.getName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var options = new TreeSet<>(optionsOfBuilder());
        options.remove("listener"); // of which there may be several
        options.remove("user");
        options.add("username");
        assertThat(setters)
                .containsAll(options.stream()
                        .map(option -> option.toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void everySealedSetterNamesItsProperty() throws Exception {
        try (CenoteDataSource bean = bean()) {
            bean.start();
            var refused = new TreeSet<String>();
            for (Method setter : DataSourceBean.class.getMethods()) {
                if (setter.getName().startsWith("set") && !LIVE.contains(setter.getName())) {
                    String property = Introspector.decapitalize(setter.getName().substring(3));
                    Object[] none = {anyOf(setter.getParameterTypes()[0])};
                    assertThatThrownBy(() -> setter.invoke(bean, none))
                            .as(property)
                            .cause()
                            .isInstanceOf(ConfigurationException.class)
                            .hasMessageStartingWith(property + " must be set before pool beans starts");
                    refused.add(property);
                }
            }
            assertThat(refused).contains("url", "maxLifetime", "resetPolicy").hasSizeGreaterThan(35);
        }
    }

    private static final Set<String> LIVE = Set.of(
            "setMinSize",
            "setMaxSize",
            "setAcquireTimeout",
            "setConnectTimeout",
            "setValidateTimeout",
            "setResetTimeout",
            "setOperationTimeout");

    private static Object anyOf(Class<?> type) {
        if (type == boolean.class) {
            return false;
        } else if (type == int.class) {
            return 1;
        }
        return type == double.class ? 0.1 : null;
    }

    // ---- properties

    private static Properties properties(String... namesAndValues) {
        var properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }

    @Test
    void isMadeOfProperties() throws SQLException {
        try (CenoteDataSource source = CenoteDataSource.of(properties(
                        "url", URL,
                        "username", "sa",
                        "maxSize", "3",
                        "maxLifetime", "off",
                        "acquireTimeout", "250ms",
                        "transactionIsolation", "serializable",
                        "autoCommit", "false"));
                Connection connection = source.getConnection()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(source.pool().stats().maxSize()).isEqualTo(3);
            assertThat(source.pool().timeouts().acquire()).isEqualTo(Duration.ofMillis(250));
        }
    }

    @Test
    void anUnknownPropertyIsNamedWithWhatIsNear() {
        assertThatThrownBy(() -> CenoteDataSource.of(properties("maxSizes", "3")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maxSizes")
                .hasMessageContaining("near it are: ")
                .hasMessageContaining("maxSize");
    }

    @Test
    void aPropertyOfHikariCpIsAnsweredWithItsCounterpart() {
        assertThatThrownBy(() -> CenoteDataSource.of(properties("maximumPoolSize", "3")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("property maximumPoolSize is HikariCP's: see HikariMigration; here it is maxSize");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> CenoteDataSource.of(properties("readOnly", "perhaps")))
                .hasMessage("readOnly must be true or false, was perhaps");
        assertThatThrownBy(() -> CenoteDataSource.of(properties("resetPolicy", "some")))
                .hasMessage("resetPolicy must be one of [DIRTY, FULL], was some");
        assertThatThrownBy(() -> CenoteDataSource.of(properties("transactionIsolation", "high")))
                .hasMessageStartingWith(
                        "transactionIsolation must be one of [CURSOR_STABILITY, LAST_COMMITTED, NONE, READ_COMMITTED");
    }

    @Test
    void theClassOfADataSourceIsMadeAndSet() throws SQLException {
        try (CenoteDataSource source = CenoteDataSource.of(properties(
                        "dataSourceClassName",
                        JdbcDataSource.class.getName(),
                        "dataSource.url",
                        URL,
                        "dataSource.user",
                        "sa",
                        "dataSource.loginTimeout",
                        "7"));
                Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(source.unwrap(JdbcDataSource.class).getLoginTimeout()).isEqualTo(7);
        }
        try (CenoteDataSource wrong = CenoteDataSource.of(
                properties("dataSourceClassName", JdbcDataSource.class.getName(), "dataSource.speed", "7"))) {
            assertThatThrownBy(wrong::start)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("data source property speed must be one that");
        }
    }

    // ---- JNDI

    @Test
    void aReferenceBringsItBack() throws Exception {
        try (CenoteDataSource bean = bean()) {
            bean.setPassword("");
            bean.setMaxSize(4);
            bean.setIdleTimeout(null);
            bean.setLeakThreshold(Duration.ofMillis(1500));
            bean.setReadOnly(true);
            bean.setTransactionIsolation("read committed");
            Reference reference = bean.getReference();
            assertThat(reference.getClassName()).isEqualTo(CenoteDataSource.class.getName());
            var factory = (CenoteDataSourceFactory) Class.forName(reference.getFactoryClassName())
                    .getConstructor()
                    .newInstance();
            try (var again = (CenoteDataSource) factory.getObjectInstance(reference, null, null, null)) {
                assertThat(again.config().poolOptions()).isEqualTo(bean.config().poolOptions());
                assertThat(again.config().settings).isEqualTo(bean.config().settings);
                try (Connection connection = again.getConnection()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
        }
    }

    @Test
    void everyOptionOfThePoolCanBeAskedForAsText() {
        assertThat(TextProperties.names())
                .containsAll(Arrays.stream(PoolOptions.class.getRecordComponents())
                        .map(component -> component.getName())
                        .filter(name -> !name.equals("hooks"))
                        .toList());
    }

    @Test
    void whatHasNoTextIsNamed() {
        try (var bean = new CenoteDataSource()) {
            bean.setDataSource(new JdbcDataSource());
            assertThatThrownBy(bean::getReference)
                    .isInstanceOf(NamingException.class)
                    .hasMessage("a reference holds text, which these have not: [dataSource]");
        }
    }

    /** Each option is in the reference, or named as one that cannot be. */
    @Test
    void nothingIsLostInAReference() throws Exception {
        for (Method option : CenoteDataSourceBuilder.class.getMethods()) {
            boolean isOption = option.getReturnType() == CenoteDataSourceBuilder.class
                    && !option.isBridge()
                    && !option.getName().equals("property");
            boolean isOfPool = option.getReturnType() == PoolOptionsBuilder.class;
            if (!isOption && !isOfPool) {
                continue;
            }
            CenoteDataSourceBuilder builder = CenoteDataSource.builder().name("kept");
            option.invoke(
                    builder,
                    Arrays.stream(option.getParameterTypes())
                            .map(type -> other(type, option.getName()))
                            .toArray());
            assertKept(builder, option.getName());
        }
    }

    private static void assertKept(CenoteDataSourceBuilder builder, String option) throws Exception {
        Reference reference;
        try (var source = new CenoteDataSource(builder)) {
            reference = source.getReference();
        } catch (NamingException refused) {
            String named = option.replace("verdictIf", "verdict");
            assertThat(refused).hasMessage("a reference holds text, which these have not: [" + named + "]");
            return;
        }
        try (var again =
                (CenoteDataSource) new CenoteDataSourceFactory().getObjectInstance(reference, null, null, null)) {
            assertThat(again.config())
                    .as(option)
                    .usingRecursiveComparison()
                    .ignoringFields("runtime", "generatedName") // of functions; used where none is set
                    .isEqualTo(builder);
        }
    }

    /** Another value than the default. */
    private static Object other(Class<?> type, String option) {
        if (type == String.class) {
            return option.equals("transactionIsolation") ? "serializable" : "other";
        } else if (type == int.class) {
            return option.equals("minSize") ? 3 : 8;
        } else if (type == double.class) {
            return 0.25;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Duration.class) {
            return Duration.ofMillis(123);
        } else if (type == PoolRuntime.class) {
            return PoolRuntime.system().withWorkers(Runnable::run);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[1];
        }
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> method.getName().equals("equals") ? self == args[0] : null);
    }

    @Test
    void aReferenceOfWhatCannotStartIsRefusedInJndisWords() {
        try (CenoteDataSource bean = bean()) {
            bean.setMinSize(20);
            assertThatThrownBy(bean::getReference)
                    .isInstanceOf(NamingException.class)
                    .hasMessageContaining("20");
        }
    }

    @Test
    void aContainersResourceIsUnderstood() throws Exception {
        var reference = new Reference("javax.sql.DataSource", CenoteDataSourceFactory.class.getName(), null);
        reference.add(new StringRefAddr("auth", "Container"));
        reference.add(new StringRefAddr("scope", "Shareable"));
        reference.add(new StringRefAddr("url", URL));
        reference.add(new StringRefAddr("maxSize", "2"));
        var factory = new CenoteDataSourceFactory();
        try (var source = (CenoteDataSource) factory.getObjectInstance(reference, null, null, null)) {
            assertThat(source.pool().stats().maxSize()).isEqualTo(2);
        }
        reference.add(new StringRefAddr("maxSpeed", "2"));
        assertThatThrownBy(() -> factory.getObjectInstance(reference, null, null, null))
                .isInstanceOf(NamingException.class)
                .hasMessageContaining("maxSpeed");
        assertThat(factory.getObjectInstance("something else", null, null, null))
                .isNull();
    }

    // ---- the rest of the interface

    @Test
    void aConnectionBuilderTakesNobodyElse() throws SQLException {
        try (CenoteDataSource bean = bean()) {
            bean.createConnectionBuilder().build().close();
            bean.createConnectionBuilder().user("sa").password("").build().close();
            assertThatThrownBy(() -> bean.createConnectionBuilder()
                            .user("other")
                            .password("secret")
                            .build())
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> bean.createConnectionBuilder()
                            .shardingKey(new java.sql.ShardingKey() {})
                            .build())
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("sharding");
        }
    }

    @Test
    void aNameWithAForeignSchemeIsNotLookedUp() {
        assertThatThrownBy(() -> CenoteDataSource.builder()
                        .jndiName("ldap://elsewhere/orders")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("jndiName must begin with java: or have no scheme, was ldap://elsewhere/orders");
    }
}
