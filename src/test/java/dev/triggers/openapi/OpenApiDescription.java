package dev.triggers.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.triggers.key.Caller;
import dev.triggers.key.Keyless;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What no controller says by itself: about the API as a whole, its errors, and examples.
 */
@TestConfiguration(proxyBeanMethods = false)
class OpenApiDescription {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
            .info(new Info().title("Triggers API")
                .version("1")
                .description("""
                        Services post events; each is stored before it is answered, and delivered, signed, to the \
                        webhooks of its organization, with retries, at least once. What is not delivered waits in the \
                        inbox. Times are RFC 3339 in UTC, ids are UUIDs. Unknown members are ignored; strings are \
                        never taken for numbers or the other way round.""")
                .license(new License().name("Apache 2.0").identifier("Apache-2.0")))
            .servers(List.of(new Server().url("/")))
            .tags(List.of(new Tag().name("Events").description("Post events, see what became of them"),
                    new Tag().name("Inbox").description("Poll events and acknowledge them"),
                    new Tag().name("Attempts").description("What was sent, and what was answered"),
                    new Tag().name("Webhooks").description("Where events are delivered"),
                    new Tag().name("Repair").description("Deliver again what failed or was lost"),
                    new Tag().name("Playground").description("Receivers of the service's own, each for an hour"),
                    new Tag().name("Keys").description("API keys"),
                    new Tag().name("Operator").description("For who runs the service: there where ADMIN_TOKEN is set"),
                    new Tag().name("Operations").description("Health and metrics; no key needed")))
            .components(new Components()
                .addSecuritySchemes("ApiKey",
                        new SecurityScheme().type(SecurityScheme.Type.APIKEY)
                            .in(SecurityScheme.In.HEADER)
                            .name("X-API-Key"))
                .addSecuritySchemes("AdminToken",
                        new SecurityScheme().type(SecurityScheme.Type.APIKEY)
                            .in(SecurityScheme.In.HEADER)
                            .name("X-Admin-Token"))
                .addSecuritySchemes("Bearer",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP)
                            .scheme("bearer")
                            .description("The same key")))
            .security(
                    List.of(new SecurityRequirement().addList("ApiKey"), new SecurityRequirement().addList("Bearer")));
    }

    /** Member names as the service writes them. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider provider) {
        return new ModelResolver(
                provider.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
            .openapi31(true);
    }

    @Bean
    NullnessConverter nullness() {
        return new NullnessConverter();
    }

    /** The scopes as roles of the key, as OpenAPI 3.1 has them, and in words. */
    @Bean
    OperationCustomizer scopes() {
        return (operation, handler) -> {
            Requires requires = handler.getMethodAnnotation(Requires.class);
            if (handler.hasMethodAnnotation(Keyless.class)) {
                operation.setSecurity(List.of());
            }
            else if (requires != null && requires.value().length > 0) {
                List<String> scopes = Arrays.stream(requires.value()).map(Scope::toString).toList();
                operation.addExtension("x-restricted-keys", requires.restricted());
                operation.setSecurity(List.of(new SecurityRequirement().addList("ApiKey", scopes),
                        new SecurityRequirement().addList("Bearer", scopes)));
                operation.setDescription(Stream
                    .of(operation.getDescription(),
                            "Scope: `" + String.join("`, `", scopes) + "`. "
                                    + (requires.restricted() ? "Keys held to types or endpoints see only these."
                                            : "Not for keys held to types or endpoints."))
                    .filter(Objects::nonNull)
                    .map(String::strip)
                    .collect(Collectors.joining("\n\n")));
            }
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer details() {
        return (api) -> {
            Responses.addSchemas(api);
            Described.of(api).forEach((described) -> {
                described.operation().setOperationId(described.details().id());
                if (described.isOperators()) {
                    described.operation().setSecurity(List.of(new SecurityRequirement().addList("AdminToken")));
                }
                Responses.addTo(described);
                Examples.addTo(described);
                if (described.details().id().equals("generateKey")) {
                    // After the answers, which are those of who has no key.
                    described.operation()
                        .setSecurity(
                                List.of(new SecurityRequirement(), new SecurityRequirement().addList("AdminToken")));
                }
            });
            describePayloads(api);
            describeChange(api);
        };
    }

    /** In the code a payload is the text of any JSON value. */
    private static void describePayloads(OpenAPI api) {
        for (String name : List.of("Event", "InboxItem", "PostedEvent", "StreamedEvent")) {
            Schema<?> model = api.getComponents().getSchemas().get(name);
            Schema<?> payload = model.getProperties().get("payload");
            payload.setTypes(null);
            payload.setType(null);
            payload.setDescription("Any JSON value but null, exactly as posted");
        }
    }

    /** A change need not name what stays. */
    private static void describeChange(OpenAPI api) {
        Operation change = api.getPaths().get("/api/webhooks/{endpoint_id}").getPatch();
        MediaType body = change.getRequestBody().getContent().values().iterator().next();
        Schema<?> whole = api.getComponents().getSchemas().get("WebhookRequest");
        Schema<Object> partial = new Schema<>();
        partial.addType("object");
        partial.setProperties(whole.getProperties());
        api.getComponents().addSchemas("WebhookChange", partial);
        body.setSchema(new Schema<>().$ref("#/components/schemas/WebhookChange"));
    }

}
