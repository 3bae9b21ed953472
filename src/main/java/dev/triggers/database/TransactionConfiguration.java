package dev.triggers.database;

import java.util.Arrays;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListenerFactory;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Has methods with {@link Transactional} run in a transaction: what
 * {@code @EnableTransactionManagement} declares, but for where they are looked for.
 * Spring asks every method of every bean, its interfaces and superclasses, which is a
 * tenth of a start.
 */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BeanFactoryTransactionAttributeSourceAdvisor transactionAdvisor(BeanFactory beans) {
        AnnotationTransactionAttributeSource declared = new AnnotationTransactionAttributeSource(false);
        TransactionInterceptor interceptor = new TransactionInterceptor();
        interceptor.setTransactionAttributeSource(declared);
        interceptor.setBeanFactory(beans);
        BeanFactoryTransactionAttributeSourceAdvisor advisor = new BeanFactoryTransactionAttributeSourceAdvisor();
        advisor.setTransactionAttributeSource(declared);
        advisor.setClassFilter(TransactionConfiguration::declaresTransactions);
        advisor.setAdvice(interceptor);
        return advisor;
    }

    /** For listeners that are called once the transaction has committed. */
    @Bean
    static TransactionalEventListenerFactory transactionalListeners() {
        return new TransactionalEventListenerFactory();
    }

    private static boolean declaresTransactions(Class<?> type) {
        return type.getName().startsWith("dev.triggers.") && Arrays.stream(type.getDeclaredMethods())
            .anyMatch((method) -> method.isAnnotationPresent(Transactional.class));
    }

}
