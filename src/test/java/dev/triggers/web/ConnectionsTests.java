package dev.triggers.web;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More clients than there may be connections.
 */
class ConnectionsTests {

    private static final int MOST = 20;

    @Test
    void clientsThatKeepTheirConnectionsKeepNobodyOut() throws Exception {
        List<Socket> kept = new ArrayList<>();
        List<String> connection = new ArrayList<>();
        try (Instance instance = Instance.start(PostgresServer.newDatabase(),
                Map.of("server.tomcat.max-connections", Integer.toString(MOST)))) {
            int port = instance.api().uri("/").getPort();
            for (int i = 0; i < 3 * MOST; i++) {
                Socket socket = new Socket("localhost", port);
                kept.add(socket);
                socket.setSoTimeout(15_000);
                socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                RawHttp answer = RawHttp.read(socket.getInputStream());
                assertThat(answer.status()).isEqualTo(200);
                connection.add(String.valueOf(answer.header("Connection")));
            }
            assertThat(connection.subList(0, MOST / 2)).containsOnly("null");
            assertThat(connection).contains("close");
        }
        finally {
            for (Socket socket : kept) {
                socket.close();
            }
        }
    }

}
