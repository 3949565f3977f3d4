import HTTP
import Reactor

/// What a task holds of the exchange it answers: enough to find it again, nothing that keeps it
/// alive.
struct Reply: Sendable {
    let loop: EventLoop
    let token: Token
    let exchange: UInt32

    /// Made on the loop, while the exchange is current.
    init(_ connection: Connection) {
        loop = connection.loop
        token = connection.token
        exchange = connection.exchange
    }

    /// The connection, if it still is in that exchange. Only on the loop.
    func find() -> (connection: Connection, handler: ResponderHandler)? {
        guard let connection = loop.find(token) as? Connection, connection.exchange == exchange,
            !connection.isClosed, let handler = connection.handler as? ResponderHandler
        else { return nil }
        return (connection, handler)
    }

    /// Sends the answer, streamed or whole; a client that is gone is no error here.
    func send(_ response: Response) async {
        precondition(loop.isCurrent, "a handler's task prefers the loop of its connection")
        guard case .stream(let write) = response.body else {
            if let (connection, handler) = find() { handler.finish(response, connection) }
            return
        }
        guard let outlet = begin(response) else { return }
        var isWhole = true
        do { try await write(outlet.writer) } catch { isWhole = false }
        if let (connection, handler) = find() { handler.end(isWhole: isWhole, connection) }
    }

    private func begin(_ response: Response) -> BodyOutlet? {
        guard let (connection, handler) = find(), connection.canAnswer else { return nil }
        return handler.begin(response, connection)
    }
}
