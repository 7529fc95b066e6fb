package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.sql.DataSource;
import org.apache.naming.java.javaURLContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** There and back by JNDI, with Tomcat's directory. */
class JndiTest {
    private static final String URL = "jdbc:h2:mem:directory;DB_CLOSE_DELAY=-1";

    private Context directory;

    @BeforeEach
    void open() throws NamingException {
        // where InitialContext looks that is made without words, as jndiName's
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, javaURLContextFactory.class.getName());
        directory = new InitialContext(new Hashtable<>());
        directory.createSubcontext("jdbc");
    }

    @AfterEach
    void close() throws NamingException {
        directory.unbind("jdbc");
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    private static CenoteDataSource bean() {
        var bean = new CenoteDataSource();
        bean.setUrl(URL);
        bean.setUsername("sa");
        bean.setPassword("");
        bean.setName("directory");
        return bean;
    }

    @Test
    void whatIsBoundIsFoundAgainAndConnects() throws Exception {
        try (CenoteDataSource bean = bean()) {
            bean.setMaxSize(3);
            bean.setMaxLifetime(null);
            bean.setTransactionIsolation("serializable");
            bean.setAcquireTimeout(Duration.ofMillis(2_500));
            directory.bind("jdbc/orders", bean);
        }
        try (var found = (CenoteDataSource) directory.lookup("jdbc/orders");
                Connection connection = found.getConnection()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(found.pool().name()).isEqualTo("directory");
            assertThat(found.pool().stats().maxSize()).isEqualTo(3);
            assertThat(found.pool().timeouts().acquire()).isEqualTo(Duration.ofMillis(2_500));
        }
    }

    @Test
    void aContainersResourceIsMadeByTheFactory() throws Exception {
        var resource = new Reference(DataSource.class.getName(), CenoteDataSourceFactory.class.getName(), null);
        resource.add(new StringRefAddr("scope", "Shareable"));
        resource.add(new StringRefAddr("url", URL));
        resource.add(new StringRefAddr("username", "sa"));
        directory.bind("jdbc/resource", resource);
        try (var found = (CenoteDataSource) directory.lookup("jdbc/resource");
                Connection connection = found.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void aDataSourceOfTheDirectorysOpensTheConnections() throws Exception {
        var h2 = new JdbcDataSource();
        h2.setURL(URL);
        h2.setUser("sa");
        directory.bind("jdbc/h2", h2);
        try (CenoteDataSource source =
                        CenoteDataSource.builder().jndiName("jdbc/h2").build();
                Connection connection = source.getConnection()) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:directory");
            assertThat(source.unwrap(JdbcDataSource.class).getURL()).startsWith("jdbc:h2:mem:directory");
        }
    }

    @Test
    void aNameOfNothingOrOfSomethingElseIsRefused() throws NamingException {
        directory.bind("jdbc/text", "no data source");
        for (String name : new String[] {"jdbc/nothing", "jdbc/text"}) {
            assertThatThrownBy(() -> CenoteDataSource.builder().jndiName(name).build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("jndiName must be the name of a data source, was " + name);
        }
    }

    /** What no text can say is not lost on the way, but refused as it is bound. */
    @Test
    void whatIsMadeByCodeIsNotBound() throws SQLException {
        try (CenoteDataSource bean = bean()) {
            bean.setRuntime(dev.cenote.protocols.PoolRuntime.system().withWorkers(Runnable::run));
            assertThatThrownBy(() -> directory.bind("jdbc/code", bean))
                    .isInstanceOf(NamingException.class)
                    .hasMessage("a reference holds text, which these have not: [runtime]");
        }
    }

    @Test
    void thePasswordIsInTheReferenceAndNowhereElse() throws NamingException {
        try (CenoteDataSource bean = bean()) {
            bean.setPassword("sesame");
            RefAddr password = bean.getReference().get("password");
            assertThat(password.getContent()).isEqualTo("sesame");
            assertThat(bean.toString()).doesNotContain("sesame");
        }
    }
}
