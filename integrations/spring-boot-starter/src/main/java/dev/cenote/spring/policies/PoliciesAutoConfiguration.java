package dev.cenote.spring.policies;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.Bulkhead;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.retry.Retry;
import dev.cenote.spring.InvalidPoolPropertyException;
import java.util.Map;
import org.springframework.aop.Advisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.TransactionExecutionListener;

/** Policies by name, and the annotations of {@code dev.cenote.decorators.annotations} on beans. */
@AutoConfiguration
@EnableConfigurationProperties(PolicyProperties.class)
public final class PoliciesAutoConfiguration {
    /** For Spring. */
    PoliciesAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PolicyRegistry policyRegistry(
            PolicyProperties properties,
            Map<String, Retry> retries,
            Map<String, Circuit> circuits,
            Map<String, Bulkhead> bulkheads) {
        try {
            return PolicyRegistry.of(properties, new PolicyRegistry(retries, circuits, bulkheads));
        } catch (ConfigurationException wrong) {
            throw new InvalidPoolPropertyException(PolicyProperties.PREFIX, wrong);
        }
    }

    /** Of the framework's own role, so that every kind of proxy creator takes it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnClass(Advisor.class)
    @ConditionalOnBooleanProperty(name = "cenote.policies.annotations", matchIfMissing = true)
    static PolicyAdvisor cenotePolicyAdvisor(
            ObjectProvider<PolicyRegistry> policies, ConfigurableListableBeanFactory beans) {
        return new PolicyAdvisor(policies, new WholeTransactions(beans));
    }

    /** What the application's transactions tell of its annotated methods. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionExecutionListener.class)
    @ConditionalOnBooleanProperty(name = "cenote.policies.annotations", matchIfMissing = true)
    static final class OfTransactions {
        @Bean
        static CommitMarks cenoteCommitMarks() {
            return new CommitMarks();
        }
    }
}
