package import Bytes

/// What an access line says about one request.
///
/// The bytes are borrowed: whoever makes a record keeps them alive until `AccessLog.append` has
/// returned.
@safe package struct AccessRecord: ~Copyable {
    /// When the request began.
    package var time: Timestamp
    /// The address of the peer as text, with or without its port.
    package var client: UnsafeRawBufferPointer
    /// As received; empty if the request line could not be read.
    package var method: UnsafeRawBufferPointer
    package var target: UnsafeRawBufferPointer
    /// The status sent, 0 if none was.
    package var status: Int
    /// Bytes of the request, head and body, as they came from the socket.
    package var requestBytes: Int
    /// Bytes of the answer, head and body, as they went to the socket.
    package var responseBytes: Int
    /// From the first byte of the request to the last byte of the answer.
    package var durationMicroseconds: Int
    /// The 128 bits of the trace; both zero if the request has none.
    package var trace: (high: UInt64, low: UInt64) = (0, 0)
    /// What only a gateway knows.
    package var forwarding: Forwarding?
    /// A stable word for why the request failed.
    package var errorReason: StaticString?

    /// Where a gateway sent the request.
    package struct Forwarding: ~Copyable {
        /// The rule that matched, such as its priority or `default`.
        package var rule: ByteString
        package var targetGroup: ByteString
        /// Address and port of the last target tried; empty if there was none.
        package var targetHost: ByteString
        /// The status of the target, nil if it never answered.
        package var targetStatus: Int?
        /// From choosing the target to the end of its answer, nil if none was chosen.
        package var targetDurationMicroseconds: Int?
        /// Targets tried, retries included.
        package var attempts: Int

        package init(
            rule: ByteString, targetGroup: ByteString, targetHost: ByteString = ByteString(),
            targetStatus: Int? = nil, targetDurationMicroseconds: Int? = nil, attempts: Int = 0
        ) {
            self.rule = rule
            self.targetGroup = targetGroup
            self.targetHost = targetHost
            self.targetStatus = targetStatus
            self.targetDurationMicroseconds = targetDurationMicroseconds
            self.attempts = attempts
        }
    }

    package init(
        time: Timestamp, client: UnsafeRawBufferPointer, method: UnsafeRawBufferPointer,
        target: UnsafeRawBufferPointer, status: Int, requestBytes: Int, responseBytes: Int,
        durationMicroseconds: Int
    ) {
        self.time = time
        unsafe self.client = client
        unsafe self.method = method
        unsafe self.target = target
        self.status = status
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.durationMicroseconds = durationMicroseconds
    }
}
