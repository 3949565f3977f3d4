import Glibc

/// The signal that tells of a closed terminal.
enum HangUp {
    /// Whether we were started to survive it, as `nohup` does. To be asked before signals are
    /// received.
    static var isIgnored: Bool {
        var action = sigaction()
        guard unsafe sigaction(SIGHUP, nil, &action) == 0 else { return false }
        let handler = unsafe unsafeBitCast(
            action.__sigaction_handler.sa_handler, to: Int.self)
        return handler == ignored
    }

    /// SIG_IGN, which C writes as a function at address one.
    private static let ignored = 1
}
