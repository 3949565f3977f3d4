import Bytes
import HTTP
import Reactor

/// What changes with each request of a connection.
struct ConnectionState: ~Copyable {
    var socket: Socket
    var machine: ConnectionMachine
    var current = ExchangeState()
    var inbound = ByteBuffer()
    var outbound = ByteBuffer()
    var timing = ConnectionTiming()
}

// By their own names. No access to one of them lasts while a handler is called.
extension Connection {
    var socket: Socket {
        @inline(__always) _read { yield state.value.socket }
        @inline(__always) _modify { yield &state.value.socket }
    }
    var machine: ConnectionMachine {
        @inline(__always) _read { yield state.value.machine }
        @inline(__always) _modify { yield &state.value.machine }
    }
    var current: ExchangeState {
        @inline(__always) _read { yield state.value.current }
        @inline(__always) _modify { yield &state.value.current }
    }
    var inbound: ByteBuffer {
        @inline(__always) _read { yield state.value.inbound }
        @inline(__always) _modify { yield &state.value.inbound }
    }
    var outbound: ByteBuffer {
        @inline(__always) _read { yield state.value.outbound }
        @inline(__always) _modify { yield &state.value.outbound }
    }
    var timing: ConnectionTiming {
        @inline(__always) _read { yield state.value.timing }
        @inline(__always) _modify { yield &state.value.timing }
    }
}
