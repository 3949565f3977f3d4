import Bytes

/// Paths that services keep for each other and for their operators: never reachable through a
/// listener.
///
/// A service may decode or tidy a path before it routes, so a path is judged the way the most
/// lenient reader would see it: percent-decoded, empty and dot segments resolved.
package enum PrivatePaths {
    /// First segments that are refused with everything below them.
    private static let segments: [StaticString] = ["metrics", "healthz", "readyz"]
    /// Beginnings of a first segment that are refused.
    private static let prefix: StaticString = "internal"

    /// Whether a request for `path` must be refused. Allocates only for paths that are written
    /// oddly.
    package static func covers(_ path: UnsafeRawBufferPointer) -> Bool {
        if unsafe isOdd(path) { return unsafe coversOdd(path) }
        guard path.count > 1 else { return false }
        let end = unsafe path[1...].firstIndex(of: slash) ?? path.count
        return unsafe isPrivate(UnsafeRawBufferPointer(rebasing: path[1..<end]))
    }

    /// Refused if either reader would take the first segment for a private one: who resolves `..`,
    /// and who takes it for a name.
    private static func coversOdd(_ path: UnsafeRawBufferPointer) -> Bool {
        var first: [UInt8]?
        var kept: [[UInt8]] = []
        for part in unsafe decoded(path).split(separator: slash) {
            let segment = Array(part)
            if segment == [dot] { continue }
            if segment == [dot, dot] {
                _ = kept.popLast()
            } else {
                kept.append(segment)
                first = first ?? segment
            }
        }
        return [first, kept.first].contains { segment in
            segment.map { unsafe $0.withUnsafeBytes { unsafe isPrivate($0) } } ?? false
        }
    }

    private static func isPrivate(_ segment: UnsafeRawBufferPointer) -> Bool {
        if segment.count >= prefix.utf8CodeUnitCount,
            unsafe equals(
                UnsafeRawBufferPointer(rebasing: segment[..<prefix.utf8CodeUnitCount]), prefix)
        {
            return true
        }
        return segments.contains { unsafe equals(segment, $0) }
    }

    private static func equals(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        unsafe ASCII.equals(bytes, lowercase: text)
    }

    /// Whether decoding or tidying could change the first segment.
    private static func isOdd(_ path: UnsafeRawBufferPointer) -> Bool {
        var before = UInt8(0)
        for index in 0..<path.count {
            let byte = unsafe path[index]
            if byte == percent || byte == backslash { return true }
            if before == slash, byte == slash || byte == dot { return true }
            before = byte
        }
        return false
    }

    private static func decoded(_ path: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.count)
        func append(_ byte: UInt8) { bytes.append(byte == backslash ? slash : byte) }
        var index = 0
        while index < path.count {
            let byte = unsafe path[index]
            if byte == percent, index + 2 < path.count,
                let high = unsafe ASCII.hexValue(path[index + 1]),
                let low = unsafe ASCII.hexValue(path[index + 2])
            {
                append(high << 4 | low)
                index += 3
            } else {
                append(byte)
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
