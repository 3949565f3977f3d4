/// Told by its loop when a descriptor is ready or a deadline is reached. Lives on that loop only.
package protocol LoopHandler: AnyObject {
    /// Something can be read or written. Told once: the handler goes on until it would have to
    /// wait.
    func ready(_ readiness: Readiness)

    /// The armed deadline has come. Answers the next one in loop milliseconds, or nil for none.
    func deadlineReached(now: Int64) -> Int64?
}
