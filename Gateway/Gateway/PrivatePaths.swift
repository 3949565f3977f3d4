import Bytes

/// Paths that services keep for each other and for their operators: never reachable through a listener.
///
/// A service may decode or tidy a path before it routes, so a path is judged the way the most lenient reader
/// would see it: percent-decoded, empty and dot segments resolved.
package enum PrivatePaths {
    /// First segments that are refused with everything below them.
    private static let segments: [StaticString] = ["metrics", "healthz", "readyz"]
    /// Beginnings of a first segment that are refused.
    private static let prefix: StaticString = "internal"
    /// A first segment that is refused is never longer, decoded; more need not be looked at.
    private static let segmentBytesMax = 16

    /// Whether a request for `path` must be refused. Allocates only for paths that are written oddly.
    package static func covers(_ path: UnsafeRawBufferPointer) -> Bool {
        guard unsafe isOdd(path) else {
            guard path.count > 1 else { return false }
            let end = unsafe path[1...].firstIndex(of: slash) ?? path.count
            return unsafe isPrivate(UnsafeRawBufferPointer(rebasing: path[1..<end]))
        }
        let first = unsafe tidyFirstSegment(path)
        return unsafe first.withUnsafeBytes { unsafe isPrivate($0) }
    }

    private static func isPrivate(_ segment: UnsafeRawBufferPointer) -> Bool {
        if segment.count >= prefix.utf8CodeUnitCount,
            unsafe equals(
                UnsafeRawBufferPointer(rebasing: segment[..<prefix.utf8CodeUnitCount]), prefix)
        {
            return true
        }
        return unsafe segments.contains { unsafe equals(segment, $0) }
    }

    private static func equals(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        unsafe ASCII.equals(bytes, lowercase: text)
    }

    /// Whether decoding or tidying could change the first segment.
    private static func isOdd(_ path: UnsafeRawBufferPointer) -> Bool {
        var before = UInt8(0)
        for byte in unsafe path {
            if byte == percent || byte == backslash { return true }
            if before == slash, byte == slash || byte == dot { return true }
            before = byte
        }
        return false
    }

    /// The first segment that remains after decoding once and resolving empty, `.` and `..` segments.
    private static func tidyFirstSegment(_ path: UnsafeRawBufferPointer) -> [UInt8] {
        var kept: [[UInt8]] = []
        for segment in unsafe decoded(path).split(separator: slash) {
            if segment.elementsEqual([dot]) { continue }
            if segment.elementsEqual([dot, dot]) { _ = kept.popLast() } else { kept.append(Array(segment)) }
        }
        return Array(kept.first?.prefix(segmentBytesMax) ?? [])
    }

    private static func decoded(_ path: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.count)
        var index = 0
        while index < path.count {
            let byte = unsafe path[index]
            if byte == percent, index + 2 < path.count,
                let high = unsafe ASCII.hexValue(path[index + 1]),
                let low = unsafe ASCII.hexValue(path[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == backslash ? slash : byte)
                index += 1
            }
        }
        return bytes
    }

    private static let slash = UInt8(ascii: "/")
    private static let backslash = UInt8(ascii: "\\")
    private static let percent = UInt8(ascii: "%")
    private static let dot = UInt8(ascii: ".")
}
