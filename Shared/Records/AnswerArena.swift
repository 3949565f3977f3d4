import Bytes
import Glibc
import Synchronization

/// Memory for answers that are kept together and forgotten together.
///
/// It is reserved at once and taken from the system as it fills; what is forgotten is given back,
/// but for the little that is filled between two commits of a busy store.
@safe final class AnswerArena {
    /// All answers of a process together, 128 MiB: a hundred thousand threads with their people.
    private static let bytesMax = 128 << 20
    /// A page of the larger kind. Where answers lie in those, one that was not asked for lately
    /// costs a third: with usual pages most of its price is finding where it is.
    private static let largePage = 2 << 20
    /// What places count in.
    private static let alignment = 16

    /// What stands before the bytes of an answer.
    private struct Header {
        let endsAt: Int64
        let bodyCount: UInt32
        let head: UInt32
        let targetCount: UInt16
        let etagCount: UInt16
    }

    /// An answer, lent until the arena is cleared.
    @safe struct Entry {
        let target: UnsafeRawBufferPointer
        let etag: UnsafeRawBufferPointer
        let body: UnsafeRawBufferPointer
        let head: Int
        let endsAt: Int64
    }

    /// What all arenas of the process may fill.
    private static let claimed = Atomic(0)

    private let reserved: UnsafeMutableRawPointer?
    private let base: UnsafeMutableRawPointer
    /// What this one may fill.
    private var claimed = 0
    private var used = 0

    /// Where the system gives no memory it stays empty.
    init() {
        let bytes = AnswerArena.bytesMax + AnswerArena.largePage
        let memory = unsafe mmap(
            nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
            unsafe reserved = nil
            unsafe base = UnsafeMutableRawPointer(bitPattern: AnswerArena.alignment)!
            return
        }
        unsafe reserved = unsafe memory
        unsafe base = memory.alignedUp(toMultipleOf: AnswerArena.largePage)
        // Not the first of them: a service that is hardly asked anything stays small.
        unsafe madvise(
            base + AnswerArena.largePage, AnswerArena.bytesMax - AnswerArena.largePage,
            MADV_HUGEPAGE)
    }

    deinit {
        AnswerArena.claimed.subtract(claimed, ordering: .relaxed)
        if let reserved = unsafe reserved {
            unsafe munmap(reserved, AnswerArena.bytesMax + AnswerArena.largePage)
        }
    }

    func clear() {
        used = 0
        let spare = claimed - AnswerArena.largePage
        guard spare > 0 else { return }
        unsafe madvise(base + AnswerArena.largePage, spare, MADV_DONTNEED)
        AnswerArena.claimed.subtract(spare, ordering: .relaxed)
        claimed = AnswerArena.largePage
    }

    /// Whether so many more bytes may be filled.
    private func hasRoom(for bytes: Int) -> Bool {
        if unsafe reserved == nil { return false }
        let missing = bytes - (claimed - used)
        if missing <= 0 { return true }
        let pages = (missing + AnswerArena.largePage - 1) & ~(AnswerArena.largePage - 1)
        let all = AnswerArena.claimed.add(pages, ordering: .relaxed).newValue
        guard all <= AnswerArena.bytesMax else {
            AnswerArena.claimed.subtract(pages, ordering: .relaxed)
            return false
        }
        claimed += pages
        return true
    }

    /// Keeps an answer and says where, for `entry`; nil when there is no room.
    func append(
        _ target: UnsafeRawBufferPointer, _ etag: String, _ body: UnsafeRawBufferPointer,
        head: Int, endsAt: Int64
    ) -> UInt32? {
        var etag = etag
        return etag.withUTF8 { etag in
            let start = MemoryLayout<Header>.size
            let bytes = start + target.count + etag.count + body.count
            guard hasRoom(for: bytes), let targetCount = UInt16(exactly: target.count),
                let etagCount = UInt16(exactly: etag.count)
            else { return nil }
            let place = unsafe base + used
            unsafe place.storeBytes(
                of: Header(
                    endsAt: endsAt, bodyCount: UInt32(body.count), head: UInt32(head),
                    targetCount: targetCount, etagCount: etagCount), as: Header.self)
            var end = start
            func put(_ part: UnsafeRawBufferPointer) {
                guard let first = part.baseAddress else { return }
                unsafe (place + end).copyMemory(from: first, byteCount: part.count)
                end += part.count
            }
            unsafe put(target)
            unsafe put(UnsafeRawBufferPointer(etag))
            unsafe put(body)
            let offset = UInt32(used / AnswerArena.alignment)
            used += (bytes + AnswerArena.alignment - 1) & ~(AnswerArena.alignment - 1)
            return offset
        }
    }

    /// The answer at a place that `append` has named since the last `clear`.
    func entry(at offset: UInt32) -> Entry {
        let place = unsafe base + Int(offset) * AnswerArena.alignment
        precondition(Int(offset) * AnswerArena.alignment < used, "a place that was forgotten")
        let header = unsafe place.load(as: Header.self)
        let target = unsafe place + MemoryLayout<Header>.size
        let etag = unsafe target + Int(header.targetCount)
        let body = unsafe etag + Int(header.etagCount)
        return unsafe Entry(
            target: UnsafeRawBufferPointer(start: target, count: Int(header.targetCount)),
            etag: UnsafeRawBufferPointer(start: etag, count: Int(header.etagCount)),
            body: UnsafeRawBufferPointer(start: body, count: Int(header.bodyCount)),
            head: Int(header.head), endsAt: header.endsAt)
    }
}
