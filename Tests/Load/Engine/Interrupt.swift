import Glibc
import Synchronization

/// Ctrl-C ends the sending early and the report still comes; a second one kills as usual.
enum Interrupt {
    private static let raised = Atomic<Bool>(false)

    static var isRaised: Bool { raised.load(ordering: .relaxed) }

    static func install() {
        // Touched once, so that the handler only stores.
        raised.store(false, ordering: .relaxed)
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            Interrupt.raised.store(true, ordering: .relaxed)
        }
        action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND))
        unsafe sigaction(SIGINT, &action, nil)
        unsafe sigaction(SIGTERM, &action, nil)
    }
}
