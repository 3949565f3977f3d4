import CLinux
import Glibc

/// The loops of a process, usually one for each core.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]

    /// Starts `count` loops; the threads carry `name` and a number.
    package init(count: Int, name: String = "loop") throws(SystemError) {
        precondition(count > 0, "a group has a loop")
        var loops: [EventLoop] = []
        for index in 0..<count { loops.append(try EventLoop(name: "\(name)-\(index)")) }
        self.loops = loops
    }

    /// Cores this process may use, respecting its affinity.
    package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `call` on each loop, in no order between them.
    package func executeOnEach(_ call: @escaping @Sendable (EventLoop) -> Void) {
        for loop in loops { loop.execute { call(loop) } }
    }

    /// Whether the caller runs on one of the loops.
    package var isOnLoop: Bool { loops.contains { $0.isCurrent } }

    /// Runs `call` on each loop before each of its waits, for as long as it lives.
    package func beforeEachWait(_ call: @escaping @Sendable () -> Void) {
        executeOnEach { $0.beforeEachWait(call) }
    }

    /// Ends all loops and waits for their threads. Not from a loop.
    package func stop() {
        for loop in loops { loop.stop() }
    }
}
