package dev.triggers.start;

import org.springframework.aop.support.AopUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.stereotype.Component;

/**
 * Calls methods of ours with {@link Scheduled} in their time: what
 * {@code @EnableScheduling} declares, but for where they are looked for.
 */
@Component(TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME)
final class ScheduledMethods extends ScheduledAnnotationBeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return Declarations.isIn(AopUtils.getTargetClass(bean), Scheduled.class)
                ? super.postProcessAfterInitialization(bean, beanName) : bean;
    }

}
