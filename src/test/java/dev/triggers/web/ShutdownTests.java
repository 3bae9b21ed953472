package dev.triggers.web;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ShutdownTests {

    @Test
    void whatWasBegunIsAnsweredAndNothingElse() throws Exception {
        Instance instance = Instance.start(PostgresServer.newDatabase(), Map.of());
        int port = instance.api().uri("/").getPort();
        try (Socket begun = new Socket("localhost", port); Socket kept = new Socket("localhost", port)) {
            send(kept, "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String ready = readHead(kept);
            assertThat(ready).startsWith("HTTP/1.1 200");
            send(begun, "POST /api/keys/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n{\"org_");
            // Its head has been understood once its body takes room.
            await().until(() -> instance.bean(MeterRegistry.class).get("http.server.bodies").gauge().value() > 0);
            Thread stop = Thread.ofPlatform().start(instance::close);
            await().until(() -> instance.bean(ApplicationAvailability.class)
                .getReadinessState() == ReadinessState.REFUSING_TRAFFIC);
            await().until(() -> refuses(port));
            assertThat(stop.isAlive()).isTrue();
            assertThat(askedLate(kept)).isIn(0, 503);
            send(begun, "name\":1}");
            RawHttp answer = RawHttp.read(begun.getInputStream());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.body()).contains("org_name");
            stop.join(Duration.ofSeconds(30));
            assertThat(stop.isAlive()).isFalse();
        }
    }

    private static boolean refuses(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return !socket.isConnected();
        }
        catch (IOException ex) {
            return true;
        }
    }

    /** The status that is answered, 0 if the connection is closed, or reset, instead. */
    private static int askedLate(Socket socket) throws IOException {
        try {
            send(socket, "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return RawHttp.read(socket.getInputStream()).status();
        }
        catch (SocketException ex) {
            return 0;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readHead(Socket socket) throws IOException {
        return RawHttp.read(socket.getInputStream()).head();
    }

}
