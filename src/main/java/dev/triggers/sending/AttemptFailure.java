package dev.triggers.sending;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.triggers.webhook.AddressNotAllowedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, in words for the endpoint's owner. The codes are stable.
 */
public enum AttemptFailure {

    DNS_NOT_FOUND("The host name does not resolve. Check the endpoint's URL and its DNS records."),

    ADDRESS_NOT_ALLOWED("The host resolves to an address that is not public. Use a host that the internet can reach."),

    CONNECTION_REFUSED("The host refuses connections on this port. Check that the receiver runs and listens there."),

    CONNECT_TIMEOUT(
            "No connection within the time allowed. Check the port, and that a firewall lets these requests in."),

    HOST_UNREACHABLE("There is no route to the host. Check its address and network."),

    TLS_CERTIFICATE_EXPIRED("The receiver's TLS certificate has expired. Renew it."),

    TLS_CERTIFICATE_NOT_YET_VALID("The receiver's TLS certificate is not valid yet. Check its dates and the clock."),

    TLS_CERTIFICATE_UNTRUSTED(
            "The receiver's TLS certificate is not signed by a known authority. Install the full chain of a public one."),

    TLS_NAME_MISMATCH("The receiver's TLS certificate is for another host name. Install one for this host."),

    TLS_HANDSHAKE_FAILED("The TLS handshake failed. Check that the receiver speaks TLS 1.2 or 1.3 on this port."),

    TLS_HANDSHAKE_TIMEOUT(
            "The TLS handshake did not end within the time allowed. Check that the receiver speaks TLS on this port."),

    RESPONSE_TIMEOUT(
            "No complete answer within the time allowed. Answer 2xx at once and do the work after the answer."),

    CONNECTION_CLOSED("The receiver closed the connection before it answered. Look for crashes or limits there."),

    CONNECTION_RESET("The connection was reset before an answer. Look for crashes, proxies or limits on the way."),

    RESPONSE_HEAD_TOO_LARGE("The answer's head has more than 64 KiB. Send fewer or smaller headers."),

    INVALID_RESPONSE("The answer is not HTTP. Check that the URL leads to an HTTP server."),

    STATUS_1XX("The answer's status is not final. Answer with a status of 2xx."),

    STATUS_3XX("The receiver redirects, which is never followed. Set the endpoint's URL to where it leads."),

    STATUS_4XX("The receiver refuses the request. Look for its reason in the answer's body."),

    STATUS_410("The receiver says that it is gone for good; the endpoint has been disabled."),

    STATUS_429("The receiver asks to be sent less. It is given time; consider a rate limit for this endpoint."),

    STATUS_5XX("The receiver failed. Look into its logs at the time of the attempt."),

    INTERNAL_ERROR("The attempt failed on our side. It will be repeated.");

    private final String advice;

    AttemptFailure(String advice) {
        this.advice = advice;
    }

    /** The stable code of the failure, as it is stored and shown. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What it means, and what its owner can do. */
    public String advice() {
        return this.advice;
    }

    /**
     * The failure of a stable code; null if there is none.
     */
    public static @Nullable AttemptFailure ofCode(@Nullable String code) {
        for (AttemptFailure failure : values()) {
            if (failure.code().equals(code)) {
                return failure;
            }
        }
        return null;
    }

    static AttemptFailure ofStatus(int status) {
        return switch (status) {
            case 410 -> STATUS_410;
            case 429 -> STATUS_429;
            default -> switch (status / 100) {
                case 1 -> STATUS_1XX;
                case 3 -> STATUS_3XX;
                case 4 -> STATUS_4XX;
                default -> STATUS_5XX;
            };
        };
    }

    static AttemptFailure of(Throwable thrown) {
        return switch (thrown) {
            case AddressNotAllowedException _ -> ADDRESS_NOT_ALLOWED;
            case UnknownHostException _ -> DNS_NOT_FOUND;
            case ConnectTimeoutException _ -> CONNECT_TIMEOUT;
            case NoRouteToHostException _ -> HOST_UNREACHABLE;
            case ConnectException ex -> ofConnect(ex);
            case SSLException ex -> ofTls(ex);
            case SocketTimeoutException _ -> RESPONSE_TIMEOUT;
            case MessageConstraintException _ -> RESPONSE_HEAD_TOO_LARGE;
            case NoHttpResponseException _, ConnectionClosedException _, EOFException _ -> CONNECTION_CLOSED;
            case SocketException _ -> CONNECTION_RESET;
            case ProtocolException _, HttpException _ -> INVALID_RESPONSE;
            default -> (thrown.getCause() != null) ? of(thrown.getCause()) : INTERNAL_ERROR;
        };
    }

    private static AttemptFailure ofConnect(ConnectException ex) {
        String message = String.valueOf(ex.getMessage());
        return message.contains("timed out") ? CONNECT_TIMEOUT : CONNECTION_REFUSED;
    }

    private static AttemptFailure ofTls(SSLException ex) {
        if (ex instanceof SSLPeerUnverifiedException) {
            return TLS_NAME_MISMATCH;
        }
        AttemptFailure failure = TLS_HANDSHAKE_FAILED;
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return TLS_CERTIFICATE_EXPIRED;
                }
                case CertificateNotYetValidException _ -> {
                    return TLS_CERTIFICATE_NOT_YET_VALID;
                }
                case CertificateException certificate when String.valueOf(certificate.getMessage())
                    .contains("subject alternative")
                        || String.valueOf(certificate.getMessage()).contains("No name matching") -> {
                    return TLS_NAME_MISMATCH;
                }
                // The reason, if it has a name, is further in.
                case CertificateException _, CertPathValidatorException _, CertPathBuilderException _ ->
                    failure = TLS_CERTIFICATE_UNTRUSTED;
                case SocketException _ -> {
                    return CONNECTION_RESET;
                }
                default -> {
                }
            }
        }
        return failure;
    }

}
