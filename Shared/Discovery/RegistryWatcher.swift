import Bytes
import Glibc
import Synchronization

/// What a watcher last saw: the last good registry, and how the file is now.
package struct RegistryView: Equatable, Sendable {
    /// How the file is now.
    package enum Condition: Equatable, Sendable {
        case good
        /// Not a registry or not readable; the reason is one line.
        case bad(reason: String)
        case missing
        case empty
    }

    /// The last registry that could be read. A file that turns bad, empty or vanishes changes
    /// nothing here.
    package let registry: Registry
    package let condition: Condition
}

/// Watches a registry file on a thread of its own and tells of every change.
///
/// It watches the folder, because files are replaced by rename, and looks at the content once a
/// second besides, because not every file system tells.
package final class RegistryWatcher: Sendable {
    private let file: RegistryFile
    private let tell: @Sendable (RegistryView) -> Void
    private let isStopping = Atomic<Bool>(false)
    private let state = Mutex<(view: RegistryView, bytes: ByteString?)?>(nil)

    /// Reads the file once, now, and calls `tell` from the watcher's thread after every change.
    package init(_ file: RegistryFile, tell: @escaping @Sendable (RegistryView) -> Void) {
        self.file = file
        self.tell = tell
        _ = look()
    }

    /// What was seen last.
    package var view: RegistryView {
        state.withLock { $0?.view } ?? RegistryView(registry: Registry(), condition: .missing)
    }

    /// Begins to watch.
    package func start() {
        let box = unsafe Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { box in
                guard let box = unsafe box else { return nil }
                unsafe Unmanaged<RegistryWatcher>.fromOpaque(box).takeRetainedValue().watch()
                return nil
            }, box)
        if result == 0 {
            pthread_detach(thread)
        } else {
            unsafe Unmanaged<RegistryWatcher>.fromOpaque(box).release()
        }
    }

    /// Ends within a second.
    package func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Looks at the file now and tells if it changed. Answers whether it did.
    @discardableResult
    package func look() -> Bool {
        let changed = state.withLock { state -> RegistryView? in
            let (view, bytes) = RegistryWatcher.read(file, last: state)
            guard view != state?.view else { return nil }
            state = (view, bytes)
            return view
        }
        if let changed { tell(changed) }
        return changed != nil
    }

    private func watch() {
        let notifier = inotify_init1(Int32(bitPattern: UInt32(O_NONBLOCK | O_CLOEXEC)))
        defer { if notifier >= 0 { close(notifier) } }
        let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE)
        // Where this cannot be watched the look once a second has to do.
        if notifier >= 0 { _ = unsafe inotify_add_watch(notifier, file.folder, events) }
        while !isStopping.load(ordering: .relaxed) {
            var one = pollfd(fd: notifier, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&one, 1, RegistryLimits.pollMilliseconds) > 0 { drain(notifier) }
            look()
        }
    }

    private func drain(_ notifier: Int32) {
        var room = [UInt8](repeating: 0, count: 4096)
        while unsafe Glibc.read(notifier, &room, room.count) > 0 {}
    }

    private static func read(
        _ file: RegistryFile, last: (view: RegistryView, bytes: ByteString?)?
    ) -> (RegistryView, ByteString?) {
        let lastGood = last?.view.registry ?? Registry()
        do throws(RegistryError) {
            guard let bytes = try file.bytes() else {
                return (RegistryView(registry: lastGood, condition: .missing), nil)
            }
            if bytes.isEmpty {
                return (RegistryView(registry: lastGood, condition: .empty), bytes)
            }
            if let last, last.bytes == bytes { return last }
            let registry = try file.parse(bytes)
            return (RegistryView(registry: registry, condition: .good), bytes)
        } catch {
            let bad = RegistryView.Condition.bad(reason: "\(error)")
            return (RegistryView(registry: lastGood, condition: bad), nil)
        }
    }
}
