import CCurl
import RecordingHost

/// libcurl's text for `code`, which holds nothing of the request.
func describe(_ code: CURLcode) -> String {
    unsafe String(cString: curl_easy_strerror(code))
}

/// What a failed transfer means to the host.
///
/// `proxyStatus` is the answer of a proxy to `CONNECT`, 0 when there was none: libcurl reports its refusal as a broken
/// connection.
func transportError(_ code: CURLcode, proxyStatus: Int = 0) -> TransportError {
    if code == CURLE_RECV_ERROR, proxyStatus >= 300 {
        return TransportError(.notConnected, "the proxy refused with status \(proxyStatus)")
    }
    return TransportError(kind(of: code), describe(code))
}

private func kind(of code: CURLcode) -> TransportError.Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
        .unresolvedHost
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
        .notConnected
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        .connectionBroken
    case CURLE_PARTIAL_FILE:
        .truncated
    case CURLE_OPERATION_TIMEDOUT:
        .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
        CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
        .tlsFailed
    case CURLE_FILESIZE_EXCEEDED:
        .tooLarge
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_BAD_FUNCTION_ARGUMENT,
        CURLE_HTTP3, CURLE_URL_MALFORMAT:
        .malformed
    default:
        .transportFailed
    }
}
