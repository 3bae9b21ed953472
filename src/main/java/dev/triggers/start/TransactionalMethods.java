package dev.triggers.start;

import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListenerFactory;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Calls methods of ours with {@link Transactional} in a transaction: what
 * {@code @EnableTransactionManagement} declares, but for where they are looked for.
 */
@Component
@SuppressWarnings("serial")
final class TransactionalMethods extends AbstractAdvisingBeanPostProcessor implements BeanFactoryAware {

    TransactionalMethods() {
        setProxyTargetClass(true);
        // Whoever else is interested in such methods is to call them in their transaction
        setOrder(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        AnnotationTransactionAttributeSource declared = new AnnotationTransactionAttributeSource(false);
        TransactionInterceptor interceptor = new TransactionInterceptor();
        interceptor.setTransactionAttributeSource(declared);
        interceptor.setBeanFactory(beans);
        BeanFactoryTransactionAttributeSourceAdvisor advisor = new BeanFactoryTransactionAttributeSourceAdvisor();
        advisor.setTransactionAttributeSource(declared);
        advisor.setAdvice(interceptor);
        this.advisor = advisor;
    }

    @Override
    protected boolean isEligible(Class<?> type) {
        return Declarations.isIn(type, Transactional.class);
    }

    /** For listeners that are called once the transaction has committed. */
    @Bean
    static TransactionalEventListenerFactory transactionalListeners() {
        return new TransactionalEventListenerFactory();
    }

}
