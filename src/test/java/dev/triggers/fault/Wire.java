package dev.triggers.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between an instance and its database, and what can become of it.
 */
final class Wire implements AutoCloseable {

    private final Set<Line> lines = ConcurrentHashMap.newKeySet();

    private final ServerSocket server;

    private volatile URI database;

    private volatile boolean refusing;

    private volatile boolean silentUp;

    private volatile boolean silentDown;

    private volatile Duration delay = Duration.ZERO;

    Wire(String databaseUrl) {
        this.database = URI.create(databaseUrl);
        try {
            this.server = new ServerSocket();
            this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The {@code DATABASE_URL} that leads through it. */
    String url() {
        return "postgres://" + this.database.getRawUserInfo() + "@localhost:" + this.server.getLocalPort()
                + this.database.getRawPath();
    }

    /** Leads new connections to another server. */
    void leadTo(String databaseUrl) {
        this.database = URI.create(databaseUrl);
    }

    /** Connections end, and there are no new ones. */
    void cut() {
        this.refusing = true;
        this.lines.forEach(Line::close);
    }

    /** Connections are reset; new ones are made. */
    void reset() {
        this.lines.forEach(Line::reset);
    }

    /**
     * The server hears that the instance says no more; the instance hears nothing of it.
     */
    void halfClose() {
        this.lines.forEach(Line::halfClose);
    }

    /**
     * Nothing arrives any more, with no word of it: at the server, at the instance, or at
     * either.
     */
    void silence(boolean up, boolean down) {
        this.silentUp = up;
        this.silentDown = down;
    }

    /** All takes longer. */
    void delay(Duration by) {
        this.delay = by;
    }

    /**
     * All is well again. What was silent stays so until its connections are given up, as
     * packets that were lost for long do not come again.
     */
    void repair() {
        boolean lost = this.silentUp || this.silentDown;
        silence(false, false);
        this.delay = Duration.ZERO;
        this.refusing = false;
        if (lost) {
            this.lines.forEach(Line::close);
        }
    }

    private void accept() {
        while (!this.server.isClosed()) {
            try {
                Socket client = this.server.accept();
                if (this.refusing) {
                    client.close();
                    continue;
                }
                Socket upstream = new Socket(this.database.getHost(), this.database.getPort());
                upstream.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Line line = new Line(client, upstream);
                this.lines.add(line);
                line.begin();
            }
            catch (IOException ex) {
                // closed, or there is no server
            }
        }
    }

    @Override
    public void close() {
        try {
            this.server.close();
        }
        catch (IOException ex) {
            // nothing is lost
        }
        cut();
    }

    /** One connection, in both directions. */
    private final class Line {

        private final Socket client;

        private final Socket upstream;

        Line(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void begin() {
            Thread.ofVirtual().start(() -> pump(this.client, this.upstream, true));
            Thread.ofVirtual().start(() -> pump(this.upstream, this.client, false));
        }

        private void pump(Socket from, Socket to, boolean up) {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    Thread.sleep(Wire.this.delay);
                    if (up ? Wire.this.silentUp : Wire.this.silentDown) {
                        continue;
                    }
                    out.write(buffer, 0, read);
                }
            }
            catch (IOException ex) {
                // an end like any other
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        void halfClose() {
            try {
                this.upstream.shutdownOutput();
            }
            catch (IOException ex) {
                // closed already
            }
        }

        void reset() {
            try {
                this.client.setSoLinger(true, 0);
                this.upstream.setSoLinger(true, 0);
            }
            catch (IOException ex) {
                // closed already
            }
            close();
        }

        void close() {
            Wire.this.lines.remove(this);
            for (Socket socket : new Socket[] { this.client, this.upstream }) {
                try {
                    socket.close();
                }
                catch (IOException ex) {
                    // nothing is lost
                }
            }
        }

    }

}
