import Bytes
import HTTP
import Reactor

/// What changes with each exchange of a connection to another server.
struct UpstreamParts: ~Copyable {
    var socket: Socket
    var machine: ExchangeMachine
    var storage: HeadStorage?
    var inbound = ByteBuffer()
    var outbound = ByteBuffer()
    var timing = UpstreamTiming()
}

// By their own names. No access to one of them lasts while a handler is called.
extension UpstreamConnection {
    var socket: Socket {
        @inline(__always) _read { yield parts.value.socket }
        @inline(__always) _modify { yield &parts.value.socket }
    }
    var machine: ExchangeMachine {
        @inline(__always) _read { yield parts.value.machine }
        @inline(__always) _modify { yield &parts.value.machine }
    }
    var storage: HeadStorage? {
        @inline(__always) _read { yield parts.value.storage }
        @inline(__always) _modify { yield &parts.value.storage }
    }
    var inbound: ByteBuffer {
        @inline(__always) _read { yield parts.value.inbound }
        @inline(__always) _modify { yield &parts.value.inbound }
    }
    var outbound: ByteBuffer {
        @inline(__always) _read { yield parts.value.outbound }
        @inline(__always) _modify { yield &parts.value.outbound }
    }
    var timing: UpstreamTiming {
        @inline(__always) _read { yield parts.value.timing }
        @inline(__always) _modify { yield &parts.value.timing }
    }
}
