import Bytes
import Glibc

/// A file read from front to back through a window that only holds what is being looked at.
struct FileWindow: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private var buffer = ByteBuffer()
    /// Where the window starts.
    private(set) var position = FilePosition()
    /// Whether nothing comes after the window.
    private(set) var isEnd = false
    /// Size of the file in bytes; nil when it has none, as a pipe.
    let size: Int?

    /// Opens `path`; `-` is standard input.
    init(path: String) throws(ImportError) {
        self.path = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastReason()) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: lastReason())
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw .unreadable(path: path, reason: "it is a directory")
        }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        // Advice only: a kernel that does not take it reads as well.
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    /// A document that is in memory already.
    init(_ document: ByteString) {
        path = "memory"
        descriptor = -1
        size = document.count
        buffer.append(document)
        isEnd = true
    }

    deinit { if descriptor > STDIN_FILENO { _ = close(descriptor) } }

    /// The bytes in the window. Valid until it is moved or grows.
    var bytes: UnsafeRawBufferPointer { unsafe buffer.readable }

    /// Makes the window larger by a chunk, or finds the end. A pipe is read until a chunk is full,
    /// so that a slow one does not make a record be looked at again and again.
    mutating func grow() throws(ImportError) {
        var missing = ImportLimits.chunkBytes
        while missing > 0, !isEnd {
            let count = try read(missing)
            isEnd = count == 0
            missing -= count
        }
    }

    /// Moves the front of the window over `count` bytes.
    mutating func pass(_ count: Int) {
        let passed = unsafe UnsafeRawBufferPointer(rebasing: buffer.readable[..<count])
        unsafe LineCount.advance(&position, over: passed)
        buffer.consume(count)
    }

    /// The place of the byte that lies `offset` bytes into the window.
    func position(at offset: Int) -> FilePosition {
        var position = position
        let before = unsafe UnsafeRawBufferPointer(rebasing: buffer.readable[..<offset])
        unsafe LineCount.advance(&position, over: before)
        return position
    }

    private mutating func read(_ bytesMax: Int) throws(ImportError) -> Int {
        var count = 0
        unsafe buffer.withRoom(bytesMax) { room in
            repeat {
                count = unsafe Glibc.read(descriptor, room.baseAddress, bytesMax)
            } while count < 0 && errno == EINTR
            return max(0, count)
        }
        guard count >= 0 else { throw .unreadable(path: path, reason: lastReason()) }
        return count
    }
}
