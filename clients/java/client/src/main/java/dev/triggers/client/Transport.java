package dev.triggers.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What carries requests; tests put a script here. */
interface Transport {

    CompletableFuture<Answer> send(Request request, Duration timeout, int most);

    record Request(String method, String origin, String target, Map<String, String> headers, byte[] body) {
    }

}
