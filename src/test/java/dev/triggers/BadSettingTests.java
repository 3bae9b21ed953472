package dev.triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Settings are read as the service reads them, without the service.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadSettingTests {

    private static ConfigurableApplicationContext read(String... settings) {
        String[] arguments = new String[settings.length];
        for (int i = 0; i < settings.length; i++) {
            arguments[i] = "--" + settings[i];
        }
        return new SpringApplicationBuilder(OnlySettings.class).web(WebApplicationType.NONE).run(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "MAX_DB_CONNECTIONS|,ten,-1,0,3,1001,4.5,99999999999999999999",
            "DATABASE_READ_STALENESS|never,-1s,0,999ms,25h,99999999d",
            "RETENTION_DAYS|,soon,-1,0,1,3651,30d,99999999999999999999",
            "PORT|eighty,-1,65536,80.5,99999999999999999999",
            "CORS_ALLOWED_ORIGINS|app.example.com,https://app.example.com/,HTTPS://App.example.com,true",
            "CELL|0,1,00,007,100,ab,-1,\uff10\uff11",
            "CELLS|07,7=https://a.example,ab=https://a.example,07=a.example,07=http://a.example,07=https://,"
                    + "07=https://a.example/x,07=https://u@a.example,07=https://a.example?x,07=ftp://localhost,"
                    + "07=http://localhost.a.example,07=https://a.example:99999,07=https://a.example:port",
            "CELL_ROUTING|none,PROXIED,1", "CELL_SECRET|short,fifteen--------",
            "CELL_WEIGHTS|07,7=1,07=,07=-1,07=10000,07=x,07=0", "ADMIN_TOKEN|s3cret\u00e9",
            "KEY_ENVIRONMENT|prod,0,live-ish",
            "TIER_LIMITS|free,free=,free=none,free=0,free=-1,Free=100,free=999999999",
            "EVENT_CREATED_STATUS|,created,-1,0,200,203,20100000000",
            "DELIVERY_TIMEOUT|never,-1s,0,0s,10ms,301s,10 seconds,99999999d",
            "DELIVERY_LEASE|never,-1s,0,14s,61m,99999999d", "DELIVERY_BATCH_SIZE|,all,-1,0,1001,99999999999999999999",
            "DELIVERY_CONCURRENCY|,all,-1,0,3,10001,99999999999999999999",
            "CIRCUIT_FAILURES|,never,-1,0,99999999999999999999", "CIRCUIT_OPEN|never,-1s,0,25h,99999999d",
            "CIRCUIT_LONGEST|never,-1s,0,10s,8d,99999999d", "ENDPOINT_DISABLE_AFTER|never,-5d,0,366d,99999999d",
            "DISABLE_WEBHOOK_DELIVERY|,maybe,2", "DELIVERY_BODY_ALIASES|,maybe,2",
            "WEBHOOK_ALLOW_PRIVATE_NETWORKS|maybe,2", "WEBHOOK_MAX_ENDPOINTS|,many,-1,0,100001,99999999999999999999",
            "OTEL_EXPORTER_OTLP_ENDPOINT|localhost:4318,collector,HTTP://x,http://,http://a b,ftp://x",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT|localhost:4318,http://x/%^,http://x/%zz,http://x:port/",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT|localhost:4318,http://x/%^",
            "OTEL_EXPORTER_OTLP_PROTOCOL|http/json,HTTP/PROTOBUF,GRPC", "OTEL_SDK_DISABLED|yes,1",
            "OTEL_TRACES_EXPORTER|zipkin,otlp+none", "OTEL_METRICS_EXPORTER|prometheus,console",
            "OTEL_TRACES_SAMPLER|on,xray,parentbased_", "OTEL_TRACES_SAMPLER_ARG|-0.1,1.1,2,half,1e-3",
            "OTEL_EXPORTER_OTLP_HEADERS|secret,=value,a=%zz", "OTEL_METRIC_EXPORT_INTERVAL|,60s,-1,0,99,3600001",
            "OTEL_RESOURCE_ATTRIBUTES|production,=a", "LOG_FORMAT|xml,JSON,Text,1" })
    void aBadValueIsRefusedInOneLineThatNamesTheVariable(String variable, String values, CapturedOutput output) {
        int failures = 0;
        for (String value : values.split(",", -1)) {
            assertRefused(variable, value, output, ++failures);
        }
    }

    @Test
    void badWaitsAreRefused(CapturedOutput output) {
        int failures = 0;
        for (String waits : new String[] { "soon", "1s,later", "-1s", "1s,-2s", "1s,,2s", "8d", "99999999d",
                "1s" + ",1s".repeat(20), "1s;2s" }) {
            assertRefused("DELIVERY_BACKOFF", waits, output, ++failures);
        }
    }

    @Test
    void cellsThatCannotBeMeantAreRefused(CapturedOutput output) {
        int failures = 0;
        for (String cells : new String[] { "07=https://a.example,07=https://b.example", "07=https://a.example,",
                "07=https://a.example;08=https://b.example" }) {
            assertRefused("CELLS", cells, output, ++failures);
        }
        assertRefused("CELL_SECRET", "0123456789abcdef,", output, ++failures);
        assertThat(catchThrowable(() -> read("CELLS=07=https://a.example").close())).isNotNull();
        assertThat(output.getErr().lines().filter((line) -> line.startsWith("The service"))).hasSize(failures + 1)
            .last()
            .asString()
            .contains("CELL_SECRET must be set");
    }

    private static void assertRefused(String variable, String value, CapturedOutput output, int failures) {
        String setting = variable + "=" + value;
        assertThat(catchThrowable(() -> read(setting).close())).as(setting).isNotNull();
        assertThat(output.getErr().lines().filter((line) -> line.startsWith("The service"))).as(setting)
            .hasSize(failures)
            .last()
            .asString()
            .contains("The service did not start: " + variable + " ");
        // Other services in this JVM may log traces meanwhile
        assertThat(output.getAll()).doesNotContain("\tat " + BadSettingTests.class.getName(),
                "APPLICATION FAILED TO START");
    }

    @Test
    void whatPeopleAlsoWriteIsUnderstood() {
        try (ConfigurableApplicationContext context = read("KEY_ENVIRONMENT=Test", "DISABLE_WEBHOOK_DELIVERY=TRUE",
                "DELIVERY_TIMEOUT=10", "DELIVERY_LEASE=PT1M", "DELIVERY_BACKOFF=1, 2, 4m", "CIRCUIT_OPEN=", "PORT=",
                "LOG_FORMAT=", "TIER_LIMITS=", "CELL=07", "CELL_ROUTING=Redirect", "CELL_SECRET=0123456789abcdef",
                "CELLS= 07=https://seven.example/ , 00=http://127.0.0.1:8080, 08=http://[::1]:1",
                "CORS_ALLOWED_ORIGINS=https://a.example, http://localhost:3000")) {
            assertThat(context.getBeansWithAnnotation(ConfigurationProperties.class).values().toString()).contains(
                    "environment=TEST", "disabled=true", "timeout=PT10S", "lease=PT1M", "backoff=[PT1S, PT2S, PT4M]",
                    "circuitOpen=PT30S", "routing=REDIRECT");
        }
    }

    @ConfigurationPropertiesScan
    static class OnlySettings {

    }

}
