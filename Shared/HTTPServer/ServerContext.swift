import Bytes
package import HTTP
package import Reactor
import Telemetry

/// What the connections of one loop share: buffers, the date, limits, figures. Confined to that
/// loop.
///
/// Safe to use although it holds raw room: the room is its own, of fixed size, and freed with it.
@safe
package final class ServerContext {
    /// One read takes at most this much: large bodies move in few calls, and the room is shared by
    /// the loop.
    private static let readBytesMax = 64 * 1024

    package let loop: EventLoop
    package let limits: HTTPLimits
    let metrics: ServerMetrics
    let makeHandler: () -> any ExchangeHandler
    let log: (any ExchangeLog)?
    /// Where reads land; what cannot be used up at once is copied to its connection.
    let scratch: UnsafeMutableRawBufferPointer
    private(set) var connections = ConnectionTable()
    /// Answers end their connections from now on.
    private(set) var isDraining = false
    /// Connections close as soon as they are between requests.
    var isFinishing = false
    private let spares = Confined(SpareHeads())
    private let clock = Confined(DateClock())

    init(
        loop: EventLoop, limits: HTTPLimits, metrics: ServerMetrics, log: (any ExchangeLog)?,
        makeHandler: @escaping () -> any ExchangeHandler
    ) {
        self.loop = loop
        self.limits = limits
        self.metrics = metrics
        self.log = log
        self.makeHandler = makeHandler
        unsafe scratch = .allocate(byteCount: ServerContext.readBytesMax, alignment: 16)
    }

    deinit { unsafe scratch.deallocate() }

    /// The 29 bytes of the Date field, made once a second. Valid until the next call.
    var date: UnsafeRawBufferPointer {
        let second = loop.wallMilliseconds / 1000
        if clock.value.second != second { clock.value.turn(to: second) }
        return unsafe clock.value.text.readable
    }

    /// Room for a head: the loop's spare one, unless a request still holds on to it.
    func takeStorage() -> HeadStorage { spares.value.take() }

    /// Keeps `returned` for a later head. Whoever still reads it is noticed then.
    func giveBack(_ back: consuming HeadStorage) { spares.value.giveBack(back) }

    func add(_ connection: Connection) {
        connections.add(connection)
        metrics.connectionsOpen.add(1)
    }

    func remove(_ connection: Connection) {
        connections.remove(connection)
        metrics.connectionsOpen.add(-1)
    }

    /// From now on each answer says `Connection: close`.
    func announceClose() {
        isDraining = true
        connections.forEach { $0.announceClose() }
    }

    /// Closes what is idle and lets the rest finish.
    func closeIdle() {
        connections.forEach { $0.closeIfIdle() }
    }

    /// Cuts what is left.
    func cutAll() {
        connections.forEach { $0.cut() }
    }
}
