package dev.triggers.openapi;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Tells from records what their annotations for the compiler say: which members may be
 * null, and which are always there.
 */
final class NullnessConverter implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    @Override
    public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context,
            Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType javaType = Json31.mapper().constructType(type.getType());
        if (schema != null && javaType != null && javaType.getRawClass().isRecord()) {
            Schema<?> model = (schema.get$ref() == null) ? schema
                    : context.getDefinedModels().get(schema.get$ref().substring(REFERENCE.length()));
            if (model != null && model.getProperties() != null) {
                describe(model, javaType.getRawClass());
            }
        }
        return schema;
    }

    private static void describe(Schema<?> model, Class<?> type) {
        boolean omitsNulls = type.isAnnotationPresent(JsonInclude.class);
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = NAMES.translate(component.getName());
            Schema<?> property = model.getProperties().get(name);
            if (property == null) {
                // unwrapped
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean omitted = omitsNulls || component.getAccessor().isAnnotationPresent(JsonInclude.class);
            if (!nullable) {
                required.add(name);
            }
            else if (!omitted && property.getTypes() != null) {
                property.addType("null");
            }
        }
        model.setRequired(required);
    }

}
