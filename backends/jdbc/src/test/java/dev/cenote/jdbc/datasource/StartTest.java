package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.testkit.contracts.Consistency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start of a bean by its first caller, while others come: nobody waits for it longer than for a connection. */
@Timeout(60)
class StartTest {
    private static final String URL = "jdbc:h2:mem:starting;DB_CLOSE_DELAY=-1";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger starts = new AtomicInteger();

    /** What is done as the start asks the driver. */
    private final AtomicReference<Callable<?>> during = new AtomicReference<>(() -> {
        begun.countDown();
        released.await();
        return null;
    });

    private final CenoteDataSource bean = bean();

    private CenoteDataSource bean() {
        var h2 = new org.h2.Driver();
        var made = new CenoteDataSource();
        made.setName("starting");
        made.setUrl(URL);
        made.setUsername("sa");
        made.setMaxSize(2);
        made.setAcquireTimeout(Duration.ofSeconds(30));
        made.setDriver((Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (self, method, args) -> {
                    if (method.getName().equals("acceptsURL")) {
                        starts.incrementAndGet();
                        during.get().call();
                    }
                    try {
                        return method.invoke(h2, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
        return made;
    }

    @AfterEach
    void close() {
        released.countDown();
        bean.close();
    }

    private static <T> FutureTask<T> inThread(String name, Callable<T> call) {
        var task = new FutureTask<>(call);
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** One that hangs in it. */
    private FutureTask<Boolean> hangingStart() throws InterruptedException {
        FutureTask<Boolean> first = inThread("the-first", () -> {
            try (Connection connection = bean.getConnection()) {
                return connection.isValid(1);
            }
        });
        begun.await();
        return first;
    }

    @Test
    void whoComesDuringAStartWaitsNoLongerThanForAConnection() throws Exception {
        bean.setAcquireTimeout(Duration.ofMillis(50));
        FutureTask<Boolean> first = hangingStart();
        assertThatThrownBy(bean::getConnection)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageMatching("pool starting: not started within \\d+ ms, which thread the-first is doing")
                .hasCauseInstanceOf(PoolException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("08001");
        released.countDown();
        first.get();
        assertThat(starts).hasValue(1);
    }

    @Test
    void norBeyondItsDeadline() throws Exception {
        FutureTask<Boolean> first = hangingStart();
        Deadline.after(Duration.ofMillis(20)).<Void, SQLException>call(() -> {
            assertThatThrownBy(bean::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            return null;
        });
        released.countDown();
        assertThat(first.get()).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        FutureTask<Boolean> first = hangingStart();
        var interrupted = new AtomicReference<Boolean>();
        var waiter = new Thread(() -> {
            assertThatThrownBy(bean::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasCauseInstanceOf(AcquireInterruptedException.class);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.isAlive()) {
            Thread.onSpinWait();
        }
        waiter.interrupt();
        waiter.join();
        assertThat(interrupted).hasValue(true);
        released.countDown();
        assertThat(first.get()).isTrue();
    }

    @Test
    void allWhoComeGetConnectionsOfOnePool() throws Exception {
        FutureTask<Boolean> first = hangingStart();
        Callable<Boolean> use = () -> {
            try (Connection connection = bean.getConnection()) {
                return connection.isValid(1);
            }
        };
        FutureTask<Boolean> second = inThread("the-second", use);
        FutureTask<Boolean> third = inThread("the-third", use);
        released.countDown();
        assertThat(first.get() && second.get() && third.get()).isTrue();
        assertThat(starts).hasValue(1);
        Consistency.assertAtRest(bean.pool());
    }

    @Test
    void aStartThatHangsDoesNotHoldUpTheEnd() throws Exception {
        FutureTask<Boolean> first = hangingStart();
        inThread("closing", () -> {
                    bean.close();
                    return null;
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(bean.isClosed()).isTrue();
        assertThatThrownBy(bean::getConnection)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasCauseInstanceOf(PoolClosedException.class);
        released.countDown();
        assertThatThrownBy(first::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SQLNonTransientConnectionException.class);
    }

    @Test
    void whatIsClosedIsNotStarted() {
        bean.close();
        assertThatThrownBy(bean::getConnection)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasCauseInstanceOf(PoolClosedException.class);
        assertThat(starts).hasValue(0);
    }

    @Test
    void nothingIsSetDuringAStart() throws Exception {
        FutureTask<Boolean> first = hangingStart();
        FutureTask<Void> setting = inThread("setting", () -> {
            assertThatThrownBy(() -> bean.setMaxLifetime(Duration.ofMinutes(1)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "maxLifetime must not be set while pool starting starts, which thread the-first is doing");
            assertThatThrownBy(() -> bean.setMaxSize(3))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("maxSize must not be set while pool starting starts");
            return null;
        });
        setting.get(10, TimeUnit.SECONDS);
        released.countDown();
        assertThat(first.get()).isTrue();
    }

    /** As a driver might whose class asks for a connection as it is loaded. */
    @Test
    void aStartThatNeedsAConnectionOfItsOwnIsRefused() {
        var refused = new AtomicReference<Throwable>();
        during.set(() -> {
            if (starts.get() == 1) {
                try {
                    bean.getConnection().close();
                } catch (SQLException expected) {
                    refused.set(expected);
                }
            }
            return null;
        });
        bean.start();
        assertThat(refused.get())
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessage("pool starting must not be asked for by its own start, was by thread "
                        + Thread.currentThread().getName());
        assertThat(starts).hasValue(1);
    }

    @Test
    void aStartThatFailedMayBeTriedAgain() throws Exception {
        during.set(() -> {
            if (starts.get() == 1) {
                throw new SQLException("not yet");
            }
            return null;
        });
        assertThatThrownBy(bean::getConnection).hasCauseInstanceOf(ConfigurationException.class);
        bean.setMaxSize(1);
        try (Connection connection = bean.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
