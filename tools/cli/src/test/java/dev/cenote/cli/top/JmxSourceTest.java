package dev.cenote.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.metrics.PoolMXBean;
import dev.cenote.protocols.errors.CenoteException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JmxSourceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void release() {
        stuck.countDown();
    }

    /** A pool's bean that answers nothing, zero or its name, after {@code asked} was told of the question. */
    private void bean(String pool, Function<String, Object> asked) throws Exception {
        var bean = (PoolMXBean) Proxy.newProxyInstance(
                PoolMXBean.class.getClassLoader(), new Class<?>[] {PoolMXBean.class}, (self, method, arguments) -> {
                    asked.apply(method.getName());
                    Class<?> type = method.getReturnType();
                    if (type == String.class) {
                        return pool;
                    } else if (type == Map.class) {
                        return Map.of();
                    } else if (type == List.class) {
                        return List.of();
                    }
                    return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
                });
        beans.registerMBean(new StandardMBean(bean, PoolMXBean.class, true), name(pool));
    }

    private static ObjectName name(String pool) throws Exception {
        return new ObjectName("dev.cenote:type=Pool,name=" + pool);
    }

    private JMXConnectorServer serve(Map<String, ?> environment) throws Exception {
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), environment, beans);
        server.start();
        return server;
    }

    @Test
    void aPortThatSaysNothingIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertThatThrownBy(() -> JmxSource.connectWithin(address, Map.of(), SHORT))
                    .isInstanceOf(CenoteException.class)
                    .hasMessage("cannot connect to " + address
                            + ": no answer within 300 ms; does that JVM serve JMX there?");
        }
    }

    @Test
    void aBeanThatDoesNotAnswerIsGivenUp() throws Exception {
        bean("orders", question -> {
            try {
                stuck.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return question;
        });
        JMXConnectorServer server = serve(Map.of());
        try {
            String address = server.getAddress().toString();
            assertThatThrownBy(() -> {
                        try (JmxSource source = JmxSource.connectWithin(address, Map.of(), Duration.ofSeconds(3))) {
                            source.read();
                        }
                    })
                    .isInstanceOf(CenoteException.class)
                    .hasMessage(address + " has not answered within 3000 ms when its beans were read");
        } finally {
            stuck.countDown();
            server.stop();
        }
    }

    @Test
    void aPoolThatIsClosedMeanwhileIsLeftOut() throws Exception {
        bean("stays", question -> question);
        bean("goes", question -> {
            try {
                if (beans.isRegistered(name("goes"))) {
                    beans.unregisterMBean(name("goes"));
                }
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
            return question;
        });
        JMXConnectorServer server = serve(Map.of());
        try (JmxSource source = JmxSource.connectWithin(server.getAddress().toString(), Map.of(), LONG)) {
            assertThat(source.read()).singleElement().extracting(PoolRow::name).isEqualTo("stays");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", "wrong"})
    void whoAsksIsTold(String password) throws Exception {
        bean("orders", question -> question);
        JMXAuthenticator bobOnly = credentials -> {
            if (credentials instanceof String[] given && List.of(given).equals(List.of("bob", "geheim"))) {
                return new Subject();
            }
            throw new SecurityException("Authentication failed");
        };
        JMXConnectorServer server = serve(Map.of(JMXConnectorServer.AUTHENTICATOR, bobOnly));
        String address = server.getAddress().toString();
        try {
            if (password.equals("wrong")) {
                assertThatThrownBy(() -> JmxSource.connect(address, "bob", password))
                        .isInstanceOf(CenoteException.class)
                        .hasMessageContaining("Authentication failed; give --user")
                        .hasMessageNotContaining(password);
            } else {
                try (JmxSource source = JmxSource.connect(address, "bob", password)) {
                    assertThat(source.read()).hasSize(1);
                }
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void whereNobodyIsNamedTheErrorSaysHow() throws Exception {
        JMXAuthenticator nobody = credentials -> {
            throw new SecurityException("Credentials required");
        };
        JMXConnectorServer server = serve(Map.of(JMXConnectorServer.AUTHENTICATOR, nobody));
        try {
            assertThatThrownBy(() -> JmxSource.connect(server.getAddress().toString(), null, null))
                    .hasMessageContaining("Credentials required; give --user, and the password in CENOTE_JMX_PASSWORD");
        } finally {
            server.stop();
        }
    }
}
