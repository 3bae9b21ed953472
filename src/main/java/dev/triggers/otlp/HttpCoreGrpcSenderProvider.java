package dev.triggers.otlp;

import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;

/**
 * Speaks gRPC over the HTTP client that is here anyway. It is found by its name in
 * {@code META-INF/services}.
 */
public final class HttpCoreGrpcSenderProvider implements GrpcSenderProvider {

    @Override
    public GrpcSender createSender(GrpcSenderConfig config) {
        return new HttpCoreGrpcSender(config);
    }

}
