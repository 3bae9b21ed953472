package dev.triggers.delivery;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the parts of delivery share.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    DeliverySlots deliverySlots(DeliveryProperties properties) {
        return new DeliverySlots(properties.sending().connections(), properties.memory().toBytes());
    }

}
