package dev.triggers.sending;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptFailureTests {

    @Test
    void codesAreStable() {
        assertThat(Arrays.stream(AttemptFailure.values()).map(AttemptFailure::code)).containsExactly("dns_not_found",
                "address_not_allowed", "connection_refused", "connect_timeout", "host_unreachable",
                "tls_certificate_expired", "tls_certificate_not_yet_valid", "tls_certificate_untrusted",
                "tls_name_mismatch", "tls_handshake_failed", "tls_handshake_timeout", "response_timeout",
                "connection_closed", "connection_reset", "response_head_too_large", "invalid_response", "status_1xx",
                "status_3xx", "status_4xx", "status_410", "status_429", "status_5xx", "internal_error");
    }

    @Test
    void documentationListsThemAll() throws IOException {
        Map<String, String> listed = new LinkedHashMap<>();
        Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (.+) \\|$")
            .matcher(Files.readString(Path.of("docs/webhooks.md")).split("## Why an attempt failed")[1])
            .results()
            .forEach((row) -> listed.put(row.group(1), row.group(2)));
        Map<String, String> failures = new LinkedHashMap<>();
        for (AttemptFailure failure : AttemptFailure.values()) {
            failures.put(failure.code(), failure.advice());
        }
        assertThat(listed).containsExactlyEntriesOf(failures);
    }

    @Test
    void everyFailureTellsTheOwnerWhatToDo() {
        assertThat(AttemptFailure.values())
            .allSatisfy((failure) -> assertThat(failure.advice()).hasSizeBetween(20, 200).matches("[A-Z].*\\."));
    }

    @ParameterizedTest
    @MethodSource
    void exceptionHasItsName(Throwable thrown, AttemptFailure failure) {
        assertThat(AttemptFailure.of(thrown)).isEqualTo(failure);
        assertThat(AttemptFailure.of(new IllegalStateException(thrown))).isEqualTo(failure);
    }

    static Stream<Arguments> exceptionHasItsName() {
        return Stream.of(Arguments.of(new UnknownHostException("x"), AttemptFailure.DNS_NOT_FOUND),
                Arguments.of(new ConnectException("Connection refused"), AttemptFailure.CONNECTION_REFUSED),
                Arguments.of(new ConnectException("Connection timed out"), AttemptFailure.CONNECT_TIMEOUT),
                Arguments.of(new NoRouteToHostException("x"), AttemptFailure.HOST_UNREACHABLE),
                Arguments.of(new SocketTimeoutException("Read timed out"), AttemptFailure.RESPONSE_TIMEOUT),
                Arguments.of(new SocketException("Connection reset"), AttemptFailure.CONNECTION_RESET),
                Arguments.of(new EOFException(), AttemptFailure.CONNECTION_CLOSED),
                Arguments.of(new ConnectionClosedException(), AttemptFailure.CONNECTION_CLOSED),
                Arguments.of(new NoHttpResponseException("x"), AttemptFailure.CONNECTION_CLOSED),
                Arguments.of(new MessageConstraintException("x"), AttemptFailure.RESPONSE_HEAD_TOO_LARGE),
                Arguments.of(new ProtocolException("x"), AttemptFailure.INVALID_RESPONSE),
                Arguments.of(new SSLPeerUnverifiedException("x"), AttemptFailure.TLS_NAME_MISMATCH),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"),
                        AttemptFailure.TLS_HANDSHAKE_FAILED),
                Arguments.of(new SSLHandshakeException("Received fatal alert: handshake_failure"),
                        AttemptFailure.TLS_HANDSHAKE_FAILED),
                Arguments.of(new SSLException("x", new SocketException("Connection reset")),
                        AttemptFailure.CONNECTION_RESET),
                Arguments.of(new IOException("something else"), AttemptFailure.INTERNAL_ERROR));
    }

    @Property
    void everyStatusThatIsNoSuccessHasAName(@ForAll @IntRange(min = 100, max = 999) int status) {
        if (status / 100 == 2) {
            return;
        }
        AttemptFailure expected = switch (status) {
            case 410 -> AttemptFailure.STATUS_410;
            case 429 -> AttemptFailure.STATUS_429;
            default -> switch (status / 100) {
                case 1 -> AttemptFailure.STATUS_1XX;
                case 3 -> AttemptFailure.STATUS_3XX;
                case 4 -> AttemptFailure.STATUS_4XX;
                default -> AttemptFailure.STATUS_5XX;
            };
        };
        assertThat(AttemptFailure.ofStatus(status)).isEqualTo(expected);
    }

}
