package import Bytes
package import HTTP

extension CurlTransport {
    /// Sends what `next` gives, until nil, and hands the bytes of a good answer to `answer` while
    /// they come. An answer that is not 2xx is returned whole instead; `next` is then no longer
    /// asked.
    package func upload(
        _ request: ClientRequest, body next: @escaping @Sendable () async throws -> ByteString?,
        answer: (ByteString) async throws -> Void
    ) async throws -> ClientResponse {
        let exchange = open(request)
        async let sent: Void = CurlTransport.send(next, over: exchange)
        do {
            let response = try await CurlTransport.receive(exchange, answer)
            try await sent
            return response
        } catch {
            exchange.cancel()
            // A body that could not be read is the cause of the exchange that broke off.
            try await sent
            throw error
        }
    }

    private static func send(
        _ next: @Sendable () async throws -> ByteString?, over exchange: CurlExchange
    ) async throws {
        do {
            while let bytes = try await next() {
                guard await exchange.write(bytes) else { return }
            }
            exchange.finish()
        } catch {
            exchange.cancel()
            throw error
        }
    }

    private static func receive(
        _ exchange: CurlExchange, _ answer: (ByteString) async throws -> Void
    ) async throws -> ClientResponse {
        var response = try await exchange.head()
        var refusal = ByteBuffer()
        while let bytes = try await exchange.read() {
            if response.status.isSuccess {
                try await answer(bytes)
            } else if refusal.count < CurlOptions.refusalBytesMax {
                refusal.append(bytes)
            }
        }
        response.body = refusal.freeze()
        return response
    }
}
