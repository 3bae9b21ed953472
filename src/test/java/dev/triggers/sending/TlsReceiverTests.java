package dev.triggers.sending;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Reply;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@IntegrationTest
class TlsReceiverTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static Path keys = Path.of("");

    @Autowired
    private Api api;

    @BeforeAll
    static void makeCertificates() {
        keys = folder.resolve("keys.p12");
        keytool("ca", "CN=Test Authority", "-ext", "bc:c", "-validity", "100");
        keytool("self-signed", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "100");
        keytool("expired", "CN=localhost", "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "5",
                "-signer", "ca");
        keytool("future", "CN=localhost", "-ext", "san=dns:localhost", "-startdate", "+5d", "-validity", "5", "-signer",
                "ca");
        keytool("trusted", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "5", "-signer", "ca");
        keytool("other-name", "CN=example.com", "-ext", "san=dns:example.com", "-validity", "5", "-signer", "ca");
    }

    @Test
    void certificateOfNoAuthorityIsNotTrusted() {
        try (RawReceiver receiver = serve("self-signed")) {
            assertThat(attempt("https://localhost:" + receiver.port() + "/").text("error_code"))
                .isEqualTo("tls_certificate_untrusted");
            assertThat(receiver.requests()).isZero();
        }
    }

    @Test
    void portWithoutTlsFailsTheHandshake() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(server));
            assertThat(attempt("https://localhost:" + server.getLocalPort() + "/").text("error_code"))
                .isEqualTo("tls_handshake_failed");
        }
    }

    @Test
    void portWithTlsDoesNotSpeakPlainHttp() {
        try (RawReceiver receiver = serve("self-signed")) {
            assertThat(attempt("http://localhost:" + receiver.port() + "/").text("error_code")).isIn("invalid_response",
                    "connection_closed", "connection_reset");
        }
    }

    @ParameterizedTest
    @CsvSource({ "expired, TLS_CERTIFICATE_EXPIRED", "future, TLS_CERTIFICATE_NOT_YET_VALID",
            "other-name, TLS_NAME_MISMATCH", "self-signed, TLS_CERTIFICATE_UNTRUSTED" })
    void whatIsWrongWithACertificateHasItsName(String alias, AttemptFailure failure) {
        try (RawReceiver receiver = serve(alias)) {
            Throwable thrown = catchThrowable(() -> shakeHands(receiver.port()));
            assertThat(thrown).isInstanceOf(IOException.class);
            assertThat(AttemptFailure.of(thrown)).isEqualTo(failure);
        }
    }

    @Test
    void receiverOfAnOlderTlsThatFallsSilentHoldsNoClose() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (SSLServerSocket server = (SSLServerSocket) context("trusted").getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server.setEnabledProtocols(new String[] { "TLSv1.2" });
            Thread.ofVirtual().start(() -> staySilent(server, over));
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                    SSLSocket secured = secured(plain, false)) {
                secured.startHandshake();
                AttemptConnection connection = new AttemptConnection(Http1Config.DEFAULT);
                connection.bind(plain);
                connection.bind(secured, plain);
                Thread closing = Thread.ofPlatform().daemon().start(() -> Closer.closeQuietly(connection));
                boolean closed = closing.join(Duration.ofSeconds(20));
                // Or whatever else closes these sockets would wait, too
                over.countDown();
                assertThat(closed).isTrue();
                assertThat(plain.isClosed()).isTrue();
            }
        }
    }

    private static void staySilent(SSLServerSocket server, CountDownLatch over) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            over.await();
        }
        catch (IOException ex) {
            // Closed by the client
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatWasEndedWhileItWasBeingMadeIsNotMade() throws IOException {
        AttemptConnection connection = new AttemptConnection(Http1Config.DEFAULT);
        try (Socket first = new Socket(); Socket second = new Socket()) {
            connection.bind(first);
            connection.close(CloseMode.IMMEDIATE);
            assertThat(first.isClosed()).isTrue();
            assertThatThrownBy(() -> connection.bind(second)).isInstanceOf(IOException.class);
            assertThat(second.isClosed()).isTrue();
        }
    }

    /** As a plain web server does when the first bytes are no HTTP. */
    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            RawReceiver.say(socket, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            socket.getInputStream().readAllBytes();
        }
        catch (IOException ex) {
            // Closed by the client
        }
    }

    private Reply attempt(String url) {
        Customer customer = new Customer(this.api);
        return customer.test(customer.register(url, "").text("id"));
    }

    /** As a client that trusts the authority, and compares names. */
    private static void shakeHands(int port) throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket = secured(plain, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private static SSLSocket secured(Socket plain, boolean closesPlain) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", store().getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), closesPlain);
    }

    private static RawReceiver serve(String alias) {
        try {
            ServerSocket server = context(alias).getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            return new RawReceiver(server, (socket) -> RawReceiver.say(socket, "HTTP/1.1 200 OK\r\n\r\n"));
        }
        catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static SSLContext context(String alias) throws GeneralSecurityException, IOException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        KeyStore all = store();
        Certificate[] chain = all.getCertificateChain(alias);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void keytool(String alias, String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore",
                keys.toString(), "-storepass", new String(PASSWORD), "-keyalg", "EC", "-alias", alias, "-dname", name));
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
