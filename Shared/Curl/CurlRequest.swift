import Bytes
import CCurl
import HTTP

/// Turns a request into the settings of a handle. Nothing is added that the caller did not ask for,
/// but Host and the framing fields.
struct CurlRequest {
    let plan: TransferPlan
    let handle: CurlHandle

    /// CURL_HTTP_VERSION_1_1 and CURL_HTTP_VERSION_2TLS: the latter is 1.1 without TLS.
    private static let http11 = 2
    private static let http2overTLS = 4

    private var request: ClientRequest { plan.request }

    /// Answers what cannot be sent.
    func apply() -> TransportError? {
        if let fault = check() { return fault }
        let options = plan.options
        handle.set(CURLOPT_URL, plan.origin.text + "/")
        // As given, byte for byte: no dot segment is removed, nothing is encoded.
        handle.set(CURLOPT_REQUEST_TARGET, request.target)
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        if plan.origin.isThisMachine { handle.set(CURLOPT_NOPROXY, "*") }
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(
            CURLOPT_HTTP_VERSION,
            options.isHTTP11Only ? CurlRequest.http11 : CurlRequest.http2overTLS)
        handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, options.connectMilliseconds)
        if options.closesConnections {
            handle.set(CURLOPT_FRESH_CONNECT, 1)
            handle.set(CURLOPT_FORBID_REUSE, 1)
        }
        setTimeout()
        setMethodAndBody()
        handle.set(fieldLines: fieldLines())
        return nil
    }

    /// A line end in the head would be a request inside the request.
    private func check() -> TransportError? {
        let isTarget = request.target.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
        guard isTarget, !request.target.isEmpty else {
            return CurlFault.badRequest("the target has blanks or control characters, or is empty")
        }
        for field in request.fields.list
        where field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
            return CurlFault.badRequest("the field \(field.name.text) has control characters")
        }
        return nil
    }

    /// A whole exchange has a time. One that streams may take any, as long as bytes move.
    private func setTimeout() {
        if plan.upload == nil, case .whole = plan.sink {
            return handle.set(CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds)
        }
        handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        handle.set(CURLOPT_LOW_SPEED_TIME, (request.timeoutMilliseconds + 999) / 1000)
    }

    private func setMethodAndBody() {
        handle.set(CURLOPT_CUSTOMREQUEST, "\(request.method.name)")
        if plan.upload != nil {
            handle.set(CURLOPT_UPLOAD, 1)
            if let length { handle.set(CURLOPT_INFILESIZE_LARGE, size: length) }
        } else if request.method == .head {
            handle.set(CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || [.post, .put, .patch].contains(request.method) {
            setBody()
        }
    }

    /// libcurl reads the bytes where they lie: the plan keeps them until the transfer has ended.
    private func setBody() {
        handle.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body.count)
        if request.body.isEmpty { return handle.set(CURLOPT_COPYPOSTFIELDS, "") }
        unsafe request.body.withBytes { bytes in
            let place = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            unsafe handle.set(CURLOPT_POSTFIELDS, pointer: place)
        }
    }

    /// How long the caller says an upload is.
    private var length: Int? { request.fields[.contentLength].flatMap { Int($0) } }

    private func fieldLines() -> [String] {
        // An empty value after the colon keeps libcurl from adding a field of its own.
        var lines = ["Accept", "Content-Type", "Expect"]
            .filter { request.fields[FieldName(stringLiteral: $0)] == nil }
            .map { $0 + ":" }
        if plan.upload != nil, length == nil { lines.append("Transfer-Encoding: chunked") }
        let isUpload = plan.upload != nil
        // The framing of an upload is libcurl's own to write.
        let own = request.fields.list.filter { !isUpload || $0.name != .contentLength }
        return lines
            + own.map { field in
                field.value.isEmpty ? "\(field.name.text);" : "\(field.name.text): \(field.value)"
            }
    }
}
