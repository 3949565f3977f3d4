import CCurl
import Glibc
import HTTP

/// The only place where a failure of libcurl becomes a `TransportError`.
enum CurlFault {
    static let cancelled = TransportError(
        .downstream, "cancelled", "the caller gave up", isRetryable: false)
    static let closed = TransportError(
        .internal, "closed", "the transport has been closed", isRetryable: true)
    static let unavailable = TransportError(
        .internal, "unavailable", "libcurl cannot be set up: out of memory?", isRetryable: true)

    static func badRequest(_ detail: String) -> TransportError {
        TransportError(.internal, "bad-request", detail, isRetryable: false)
    }

    static func tooLarge(_ detail: String) -> TransportError {
        TransportError(.upstream, "answer-too-large", detail, isRetryable: false)
    }

    /// What `code` means, given what is known about the transfer.
    static func of(_ code: CURLcode, _ handle: CurlHandle) -> TransportError {
        let detail = handle.complaintText(code)
        // Nothing has been sent: the other side cannot have done anything.
        let isUnsent = handle.number(CURLINFO_REQUEST_SIZE) == 0
        switch code {
        case CURLE_COULDNT_CONNECT:
            let isRefused = handle.number(CURLINFO_OS_ERRNO) == Int(ECONNREFUSED)
            return upstream(isRefused ? "connect-refused" : "connect-failed", detail, true)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return upstream("resolve-failed", detail, true)
        case CURLE_OPERATION_TIMEDOUT:
            return upstream(isUnsent ? "connect-timeout" : "timeout", detail, isUnsent)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
            return upstream("tls-failed", detail, true)
        case CURLE_GOT_NOTHING: return upstream("closed-early", detail, false)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: return upstream("reset", detail, isUnsent)
        case CURLE_PARTIAL_FILE: return upstream("answer-cut", detail, false)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            return upstream("malformed-answer", detail, false)
        default: return upstream("transfer-failed", detail, isUnsent)
        }
    }

    private static func upstream(
        _ code: StaticString, _ detail: String, _ isRetryable: Bool
    ) -> TransportError {
        TransportError(.upstream, code, detail, isRetryable: isRetryable)
    }
}
