package dev.triggers;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Entry point of the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TriggersApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(TriggersApplication.class);
        // No bean is declared later, so what was found by its type is remembered from the
        // first look on
        application.addInitializers(
                (context) -> context.addBeanFactoryPostProcessor(ConfigurableListableBeanFactory::freezeConfiguration));
        application.run(args);
    }

}
