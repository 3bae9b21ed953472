package dev.triggers.start;

import java.util.Map;

import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class PropertiesBindingTests {

    @Autowired
    private ApplicationContext context;

    @Test
    void everythingThatIsBoundIsCalledProperties() {
        Map<String, ConfigurationPropertiesBean> bound = ConfigurationPropertiesBean.getAll(this.context);
        assertThat(bound).isNotEmpty();
        assertThat(bound.values()).extracting((bean) -> bean.getInstance().getClass().getSimpleName())
            .allMatch((name) -> name.endsWith("Properties"));
    }

    @Test
    void nothingElseBinds() {
        assertThat(this.context.getBeansOfType(ConfigurationPropertiesBindingPostProcessor.class).values())
            .hasExactlyElementsOfTypes(PropertiesBinding.class);
    }

}
