import Bytes
import HTTP
package import Reactor
import Telemetry

/// The connections of one loop to other servers: makes them, keeps idle ones, hands out the one
/// used last. Confined to its loop.
///
/// The one used last is the least likely to have been closed by the other side, and lets the
/// others grow old. Idle connections stay registered: any event on one closes it.
///
/// Safe to use although it holds raw room: the room is its own, of fixed size, and freed with it.
@safe
package final class UpstreamPool {
    /// One read takes at most this much; the room is shared by all connections of the loop.
    private static let readBytesMax = 64 * 1024

    package let loop: EventLoop
    package let settings: UpstreamSettings
    let metrics: UpstreamMetrics?
    /// Where reads land; what cannot be used up at once is copied to its connection.
    let scratch: UnsafeMutableRawBufferPointer
    private let own = Confined(Own())
    private var isRoomLent = false
    private var isHooked = false

    private struct Own: ~Copyable {
        var lanes: [SocketAddress: UpstreamLane] = [:]
        var idleCount = 0
        var storage: HeadStorage?
        /// Connections with bytes to send or to read before the loop waits again.
        var dirty: [UpstreamConnection] = []
    }

    /// Idle connections now.
    package var idleCount: Int { own.value.idleCount }

    /// A pool without connections. May be made anywhere; used on `loop` only.
    package init(
        loop: EventLoop, settings: UpstreamSettings = UpstreamSettings(),
        metrics: UpstreamMetrics? = nil
    ) {
        self.loop = loop
        self.settings = settings
        self.metrics = metrics
        unsafe scratch = .allocate(byteCount: UpstreamPool.readBytesMax, alignment: 16)
    }

    deinit { unsafe scratch.deallocate() }

    /// A connection to `address` for one exchange: an idle one unless `fresh`, else a new one on
    /// its way. Call `begin` on it next. `handler` is told of the answer.
    package func open(
        _ address: SocketAddress, fresh: Bool = false, for handler: any UpstreamHandler
    ) throws(UpstreamFailure) -> UpstreamConnection {
        loop.preconditionOnLoop()
        hook()
        let lane = lane(to: address)
        if !fresh, let connection = lane.idle.popLast() {
            count(-1)
            metrics?.connectionsReused.add()
            connection.adopt(handler, isReused: true)
            return connection
        }
        do throws(SystemError) {
            let connection = UpstreamConnection(
                socket: try Socket.connect(to: address), on: lane, pool: self)
            try connection.open()
            metrics?.connectionsOpened.add()
            connection.adopt(handler, isReused: false)
            return connection
        } catch {
            metrics?.failures.add()
            throw .connectFailed(code: error.code)
        }
    }

    /// Closes the idle connections to an address that is no longer wanted.
    package func closeIdle(_ address: SocketAddress) {
        loop.preconditionOnLoop()
        guard let lane = own.value.lanes[address] else { return }
        unlist(lane)
        while let connection = lane.idle.popLast() {
            count(-1)
            connection.close()
        }
    }

    /// Closes all idle connections: at the end, because they hold on to the pool.
    package func closeIdle() {
        for address in own.value.lanes.keys { closeIdle(address) }
    }

    // MARK: For its connections

    /// Keeps an idle connection, or closes it if there are enough.
    func keep(_ connection: UpstreamConnection) {
        if !connection.lane.isListed { connection.lane = lane(to: connection.address) }
        let lane = connection.lane
        guard idleCount < settings.idleConnectionsMax,
            lane.idle.count < settings.idleConnectionsPerAddressMax
        else { return connection.close() }
        lane.idle.append(connection)
        count(1)
    }

    /// Takes an idle connection off the list, wherever it stands.
    func forget(_ connection: UpstreamConnection) {
        let lane = connection.lane
        guard let index = lane.idle.lastIndex(where: { $0 === connection }) else { return }
        lane.idle.remove(at: index)
        count(-1)
        if lane.idle.isEmpty { unlist(lane) }
    }

    /// Room for a head: the spare one, unless somebody still holds on to it.
    func takeStorage() -> HeadStorage {
        if isKnownUniquelyReferenced(&own.value.storage), let free = own.value.storage.take() {
            return free
        }
        own.value.storage = nil
        return HeadStorage()
    }

    /// Keeps `returned` for a later head. Whoever still reads it is noticed then.
    func giveBack(_ back: consuming HeadStorage) { own.value.storage = back }

    /// Lends the room to read into. False while another connection's bytes are in it: then
    /// `connection` reads before the loop waits.
    func lendRoom(to connection: UpstreamConnection) -> Bool {
        guard !isRoomLent else {
            pumpSoon(connection)
            return false
        }
        isRoomLent = true
        return true
    }

    func takeRoomBack() { isRoomLent = false }

    /// Lets `connection` send and read before the loop waits, so that pieces of one turn go out
    /// together.
    func pumpSoon(_ connection: UpstreamConnection) {
        guard !connection.isDirty else { return }
        connection.isDirty = true
        own.value.dirty.append(connection)
    }

    private func lane(to address: SocketAddress) -> UpstreamLane {
        if let lane = own.value.lanes[address] { return lane }
        let lane = UpstreamLane(address)
        own.value.lanes[address] = lane
        return lane
    }

    private func unlist(_ lane: UpstreamLane) {
        lane.isListed = false
        own.value.lanes[lane.address] = nil
    }

    private func count(_ change: Int) {
        own.value.idleCount += change
        metrics?.connectionsIdle.add(change)
    }

    private func hook() {
        guard !isHooked else { return }
        isHooked = true
        loop.beforeEachWait { [weak self] in self?.flush() }
    }

    /// Lets the connections that wait for the end of the turn send and read now: for who makes them
    /// wait after the pool has had its turn. Costs nothing where none waits.
    package func flush() {
        while let connection = own.value.dirty.popLast() {
            connection.isDirty = false
            guard connection.state == .active else { continue }
            connection.flush()
            connection.tellRoom()
            connection.pump()
            connection.armDeadline()
        }
    }
}
