package dev.triggers.delivery;

import dev.triggers.settings.MemoryProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the parts of delivery share.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    DeliverySlots deliverySlots(DeliveryProperties properties, MemoryProperties memory) {
        return new DeliverySlots(properties.sending().connections(), memory.scaled(properties.memory().toBytes()));
    }

}
