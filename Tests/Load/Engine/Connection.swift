import Glibc

/// One place for a connection to the server; the socket in it comes and goes.
final class Connection {
    enum Phase {
        case closed, connecting, idle, waiting
    }

    let slot: Int
    private(set) var phase = Phase.closed
    private(set) var descriptor: CInt = -1
    /// Rises with every socket, so that an event for a former one is recognised.
    private(set) var generation: UInt32 = 0
    /// When the request now under way was due.
    private(set) var start = 0
    /// When to give up on what is under way.
    private(set) var deadline = 0
    /// What `send` has not taken yet.
    private(set) var unsent: [UInt8] = []
    private(set) var unsentOffset = 0
    var reader = ResponseReader()

    init(slot: Int) { self.slot = slot }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func connecting(_ descriptor: CInt, deadline: Int) {
        precondition(phase == .closed, "a place holds one socket")
        self.descriptor = descriptor
        self.deadline = deadline
        generation &+= 1
        phase = .connecting
    }

    func becomeIdle() {
        precondition(phase == .connecting || phase == .waiting, "only an open connection is free")
        phase = .idle
    }

    func waiting(start: Int, deadline: Int, answersHead: Bool) {
        precondition(phase == .idle, "one request at a time")
        self.start = start
        self.deadline = deadline
        reader.begin(answersHead: answersHead)
        phase = .waiting
    }

    func keepUnsent(_ bytes: [UInt8], from offset: Int) {
        unsent = bytes
        unsentOffset = offset
    }

    func advanceUnsent(by count: Int) {
        unsentOffset += count
        if unsentOffset == unsent.count { keepUnsent([], from: 0) }
    }

    /// Gives the socket back and forgets what was under way.
    func close() {
        precondition(phase != .closed, "closed exactly once")
        Glibc.close(descriptor)
        descriptor = -1
        phase = .closed
        keepUnsent([], from: 0)
    }
}
