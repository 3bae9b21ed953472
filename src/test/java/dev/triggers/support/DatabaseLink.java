package dev.triggers.support;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A way to a database that can fail: cut, so that connections end and new ones are
 * refused, or frozen, so that nothing arrives any more.
 */
public final class DatabaseLink implements AutoCloseable {

    private volatile URI database;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private final Object thaw = new Object();

    private final int port;

    private volatile ServerSocket server;

    private volatile Thread acceptor = Thread.ofPlatform().unstarted(() -> {
    });

    private boolean frozen;

    private volatile @Nullable String freezeBefore;

    private volatile @Nullable String refused;

    public DatabaseLink(String databaseUrl) {
        this.database = URI.create(databaseUrl);
        this.server = listen(0);
        this.port = this.server.getLocalPort();
    }

    /**
     * The {@code DATABASE_URL} that leads through this link.
     */
    public String url() {
        return "postgres://" + this.database.getRawUserInfo() + "@localhost:" + this.port + this.database.getRawPath();
    }

    /**
     * Leads new connections elsewhere.
     */
    public void leadTo(String databaseUrl) {
        this.database = URI.create(databaseUrl);
    }

    public void cut() {
        close(this.server);
        awaitEnd(this.acceptor);
        this.sockets.forEach(DatabaseLink::close);
        this.sockets.clear();
    }

    /** For as long as it is in the system's call, the port is not free. */
    private static void awaitEnd(Thread acceptor) {
        try {
            acceptor.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    public void freeze() {
        synchronized (this.thaw) {
            this.frozen = true;
        }
    }

    /**
     * Freezes as soon as the service is about to send this statement.
     */
    public void freezeBefore(String statement) {
        this.freezeBefore = statement;
    }

    /**
     * Refuses sessions that begin with some parameter, as poolers do.
     */
    public void refuse(String parameter) {
        this.refused = parameter;
    }

    private boolean isRefused(byte[] sent, int length, Socket client) throws IOException {
        String parameter = this.refused;
        if (parameter == null || !new String(sent, 0, length, StandardCharsets.ISO_8859_1).contains(parameter)) {
            return false;
        }
        byte[] fields = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
            .getBytes(StandardCharsets.ISO_8859_1);
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeByte('E');
        out.writeInt(fields.length + Integer.BYTES);
        out.write(fields);
        return true;
    }

    public boolean isFrozen() {
        synchronized (this.thaw) {
            return this.frozen;
        }
    }

    public void repair() {
        synchronized (this.thaw) {
            this.frozen = false;
            this.thaw.notifyAll();
        }
        if (this.server.isClosed()) {
            this.server = listen(this.port);
        }
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            this.acceptor = Thread.ofPlatform().daemon().start(() -> accept(server));
            return server;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(this.database.getHost(), this.database.getPort());
                this.sockets.addAll(List.of(client, upstream));
                // Cut in between, which must leave none
                if (server.isClosed()) {
                    close(client);
                    close(upstream);
                }
                Thread.ofPlatform().daemon().start(() -> pump(client, upstream));
                Thread.ofPlatform().daemon().start(() -> pump(upstream, client));
            }
            catch (IOException ex) {
                // closed, or the client gave up
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) >= 0) {
                String statement = this.freezeBefore;
                if (statement != null && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(statement)) {
                    this.freezeBefore = null;
                    freeze();
                }
                awaitThaw();
                if (isRefused(buffer, read, from)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        }
        catch (IOException ex) {
            // an end like any other
        }
    }

    private void awaitThaw() throws IOException {
        synchronized (this.thaw) {
            try {
                while (this.frozen) {
                    this.thaw.wait();
                }
            }
            catch (InterruptedException ex) {
                throw new IOException(ex);
            }
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        }
        catch (Exception ex) {
            // nothing is lost
        }
    }

    @Override
    public void close() {
        repair();
        cut();
    }

}
