package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.naming.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.convert.ApplicationConversionService;

/**
 * Each property of the metadata is set, to another value than its default, in an application that starts, and its effect is
 * seen where it acts. As many as go together stand in one application.
 */
class EveryPropertyTest {
    private static final List<PropertyScene> SCENES = new ArrayList<>();

    /** Of its own, since it is disturbed. */
    private static TestServer redis;

    @BeforeAll
    static void begin() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, DataSourceCases.Names.class.getName());
        redis = TestServers.start(Product.REDIS);
        var all = new PropertyScene("all that go together").web();
        DataSourceCases.onPostgres(all);
        MongoCases.connected(all);
        RedisCases.connected(all, redis);
        PolicyCases.all(all);
        ActuatorCases.shown(all);
        SCENES.add(all);

        var otherSource = new PropertyScene("another data source opens the connections");
        DataSourceCases.ofAnotherSource(otherSource);
        SCENES.add(otherSource);

        var paused = new PropertyScene("all pools begin paused");
        DataSourceCases.pausedOfJndi(paused);
        MongoCases.paused(paused);
        RedisCases.paused(paused);
        SCENES.add(paused);

        var less = new PropertyScene("PgBouncer, and what can be left out is");
        DataSourceCases.behindPgBouncer(less);
        MongoCases.leftOut(less);
        RedisCases.leftOut(less);
        PolicyCases.leftOut(less);
        ActuatorCases.leftOut(less);
        SCENES.add(less);
    }

    @AfterAll
    static void end() {
        SCENES.forEach(PropertyScene::close);
        SCENES.clear();
        redis.close();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @TestFactory
    Stream<DynamicContainer> eachPropertyArrives() {
        return SCENES.stream()
                .map(scene -> DynamicContainer.dynamicContainer(
                        scene.toString(),
                        scene.cases().stream()
                                .map(each -> DynamicTest.dynamicTest(
                                        each.property(), () -> each.check().on(scene.context())))));
    }

    @Test
    void noPropertyIsForgotten() {
        var tested = new TreeSet<String>();
        SCENES.forEach(scene -> scene.cases().forEach(each -> tested.add(each.property())));

        assertThat(tested).containsExactlyElementsOf(Metadata.leaves().keySet());
    }

    @Test
    void eachValueIsAnotherThanTheDefault() {
        var same = new TreeSet<String>();
        SCENES.forEach(scene -> scene.cases().forEach(each -> {
            Metadata.Leaf leaf = Metadata.leaves().get(each.property());
            if (leaf != null && leaf.defaultValue() != null) {
                Object value = ApplicationConversionService.getSharedInstance().convert(each.value(), leaf.type());
                if (leaf.defaultValue().equals(value)) {
                    same.add(each.property());
                }
            }
        }));
        assertThat(same).isEmpty();
    }
}
