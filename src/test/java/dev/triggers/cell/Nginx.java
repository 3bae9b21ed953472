package dev.triggers.cell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.triggers.support.Api;

import static org.awaitility.Awaitility.await;

/**
 * Debian's nginx with the configuration of {@code deploy/cells}, on this machine.
 */
final class Nginx implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private static final Path CONFIGURATION = Path.of("deploy/cells/nginx.conf");

    private final Process process;

    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Starts it.
     * @param hosts where on this machine each host is that the configuration names
     */
    static Nginx before(Map<String, Integer> hosts) {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("nginx");
            String cells = Files.readString(CONFIGURATION).replace("listen 8080;", "listen 127.0.0.1:" + port + ";");
            for (Map.Entry<String, Integer> host : hosts.entrySet()) {
                cells = cells.replace(host.getKey() + ":8080", "localhost:" + host.getValue());
            }
            Files.writeString(folder.resolve("cells.conf"), cells);
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/pid;
                    error_log %1$s/log;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path %1$s/bodies;
                        proxy_temp_path %1$s/answers;
                        fastcgi_temp_path %1$s/unused;
                        uwsgi_temp_path %1$s/unused;
                        scgi_temp_path %1$s/unused;
                        # The file has to do without the service's word for it
                        proxy_ignore_headers X-Accel-Buffering;
                        include %1$s/cells.conf;
                    }
                    """.formatted(folder));
            Process process = new ProcessBuilder(PROGRAM.toString(), "-p", folder.toString(), "-e",
                    folder.resolve("log").toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
            await().until(() -> answers(port) || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("output")));
            }
            return new Nginx(process, port);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        }
        catch (IOException ex) {
            return false;
        }
    }

    Api api() {
        return Api.at(this.port);
    }

    @Override
    public void close() {
        this.process.destroy();
        try {
            this.process.waitFor();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
