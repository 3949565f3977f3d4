import Bytes
import CCurl
import HTTP

/// One request and its answer on the thread of libcurl, which calls it back.
final class CurlTransfer {
    let plan: TransferPlan
    let handle: CurlHandle
    private var head: AnswerHead
    private var body = ByteBuffer()
    /// What this side found wrong while libcurl was at work.
    private var fault: TransportError?

    init(_ plan: TransferPlan, _ handle: CurlHandle) {
        self.plan = plan
        self.handle = handle
        head = AnswerHead(byteCountMax: plan.options.headBytesMax)
    }

    /// Sets everything up; answers what cannot be sent.
    func prepare() -> TransportError? {
        handle.keepComplaints()
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe handle.set(CURLOPT_HEADERFUNCTION, CurlTransfer.gotLine)
        unsafe handle.set(CURLOPT_HEADERDATA, pointer: me)
        unsafe handle.set(CURLOPT_WRITEFUNCTION, CurlTransfer.gotBytes)
        unsafe handle.set(CURLOPT_WRITEDATA, pointer: me)
        if plan.upload != nil {
            unsafe handle.set(CURLOPT_READFUNCTION, CurlTransfer.wantsBytes)
            unsafe handle.set(CURLOPT_READDATA, pointer: me)
        }
        return CurlRequest(plan: plan, handle: handle).apply()
    }

    /// What came of it, once libcurl has finished.
    func result(_ code: CURLcode) -> Result<ClientResponse, TransportError> {
        if let fault { return .failure(fault) }
        guard code == CURLE_OK else { return .failure(CurlFault.of(code, handle)) }
        guard let answer = answer(body: ByteString(takingAll: &body)) else {
            let fault = TransportError(
                .upstream, "malformed-answer", "no status line", isRetryable: false)
            return .failure(fault)
        }
        return .success(answer)
    }

    /// Tells everybody who waits.
    func finish(_ result: Result<ClientResponse, TransportError>) {
        plan.upload?.close()
        if case .pipe(let pipe) = plan.sink { pipe.finish() }
        plan.ended(result)
    }

    private func answer(body: ByteString) -> ClientResponse? {
        head.status.map { ClientResponse(status: $0, fields: head.fields, body: body) }
    }

    private func took(line: UnsafeRawBufferPointer) -> Bool {
        let wasComplete = head.isComplete
        guard unsafe head.take(line) else {
            fault = CurlFault.tooLarge("the head makes no sense or is too large")
            return false
        }
        if head.isComplete, !wasComplete, let answer = answer(body: ByteString()) {
            plan.gotHead(answer)
        }
        return true
    }

    /// The bytes taken, which is all or none, or CURL_WRITEFUNC_PAUSE.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        if case .pipe(let pipe) = plan.sink {
            return pipe.put(unsafe ByteString(copying: bytes))
                ? bytes.count : Int(CURL_WRITEFUNC_PAUSE)
        }
        guard body.count + bytes.count <= plan.options.answerBytesMax else {
            fault = CurlFault.tooLarge(
                "the answer has more than \(plan.options.answerBytesMax) bytes")
            return 0
        }
        unsafe body.append(bytes)
        return bytes.count
    }

    // What libcurl calls. The context is the transfer, which its worker keeps alive.

    private static let gotLine: forum_curl_transfer = { bytes, size, count, context in
        guard let transfer = unsafe CurlTransfer.from(context) else { return 0 }
        let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        return unsafe transfer.took(line: line) ? line.count : 0
    }

    private static let gotBytes: forum_curl_transfer = { bytes, size, count, context in
        guard let transfer = unsafe CurlTransfer.from(context) else { return 0 }
        return unsafe transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    private static let wantsBytes: forum_curl_transfer = { room, size, count, context in
        guard let pipe = unsafe CurlTransfer.from(context)?.plan.upload else {
            return Int(CURL_READFUNC_ABORT)
        }
        let room = unsafe UnsafeMutableRawBufferPointer(start: room, count: size * count)
        switch unsafe pipe.take(into: room) {
        case .bytes(let taken): return taken
        case .nothing: return Int(CURL_READFUNC_PAUSE)
        case .end: return 0
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }
}
