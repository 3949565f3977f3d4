/// A value that belongs to a loop, held by somebody outside: reached only on that loop's thread.
package struct LoopBound<Value>: @unchecked Sendable {
    package let loop: EventLoop
    private let value: Value

    /// `value` was made on `loop` and is touched nowhere else.
    package init(_ value: Value, on loop: EventLoop) {
        self.value = value
        self.loop = loop
    }

    /// Runs `body` with the value on the loop, soon.
    package func execute(_ body: @escaping @Sendable (Value) -> Void) {
        loop.execute { body(self.value) }
    }

    /// The value, for callers that already are on its loop.
    package var here: Value {
        loop.preconditionOnLoop()
        return value
    }
}
