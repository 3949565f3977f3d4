import Bytes
import MessagesAPI

/// Sixty-four bits over what a message says, to recognise a line of a file that was imported
/// before.
///
/// The results are kept in the store: the function must never change. It finds edits, not
/// attackers.
enum PlaceChecksum {
    /// The checksum of thread, user and text: equal whenever they are.
    static func of(_ message: NewMessage) -> Int64 {
        var text = message.text
        var hash = mix(seed, UInt64(bitPattern: message.thread.rawValue))
        hash = mix(hash, UInt64(bitPattern: message.user.rawValue))
        hash = mix(hash, UInt64(text.utf8.count))
        hash = text.withUTF8 { unsafe PlaceChecksum.mix(hash, UnsafeRawBufferPointer($0)) }
        // The last bytes have met few rounds: spread them over all bits.
        hash = (hash ^ hash >> 32) &* prime
        return Int64(bitPattern: hash ^ hash >> 29)
    }

    private static func mix(_ start: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = start
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            hash = mix(hash, UInt64(littleEndian: word))
            index &+= 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(unsafe bytes[index])
            index &+= 1
        }
        return mix(hash, rest)
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* prime
        return product << 31 | product >> 33
    }

    /// Digits of the golden ratio and an odd constant with evenly spread bits.
    private static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let prime: UInt64 = 0xd6e8_feb8_6659_fd93
}
