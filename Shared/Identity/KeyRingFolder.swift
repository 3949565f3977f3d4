import Bytes
import Glibc

/// A ring of keys in a folder of mode 0700, one file of mode 0600 for each key: `0001.key`,
/// `0002.key` and so on.
///
/// Any number of processes may share it. Whoever finds a key missing makes the file with the next
/// number; of several that try, one succeeds and the others read what it made.
package struct KeyRingFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// Tries to make one missing key; each failure means that another process made it meanwhile.
    private static let attemptsMax = 16

    /// The ring as it has to be now: keys that are missing are made, files of keys that nobody
    /// needs any more are removed. To be called at the start and then every few minutes.
    package func upkeep(nowSeconds: Int64) throws(KeyRingError) -> KeyRing {
        try makeFolder()
        for _ in 0..<KeyRingFolder.attemptsMax {
            let found = try read()
            let missing: Int64?
            if found.isEmpty {
                missing = nowSeconds
            } else {
                missing = KeyRing(found.map(\.key))
                    .missingKeySignsFromSeconds(nowSeconds: nowSeconds)
            }
            guard let missing else { return remove(endedIn: found, nowSeconds: nowSeconds) }
            try create((found.last?.number ?? 0) + 1, signsFromSeconds: missing)
        }
        throw .contended(path: path)
    }

    /// A key and the number of its file.
    private struct Numbered {
        let number: Int
        let key: SigningKey
    }

    private func makeFolder() throws(KeyRingError) {
        if unsafe mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST else {
            throw .unwritable(path: path, reason: PrivateFile.lastReason())
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .unreadable(path: path, reason: PrivateFile.lastReason())
        }
        guard status.st_mode & 0o077 == 0 else { throw .exposed(path: path, mode: "700") }
    }

    private func create(_ number: Int, signsFromSeconds: Int64) throws(KeyRingError) {
        let key: SigningKey
        do throws(CryptoFault) {
            key = try .random(signsFromSeconds: signsFromSeconds)
        } catch {
            throw .crypto(error)
        }
        let file = self.file(number)
        do throws(PrivateFile.Fault) {
            _ = try PrivateFile(file).create(PrivateKeyText.write(key))
        } catch {
            throw KeyRingError(error, path: file)
        }
    }

    /// All keys by the number of their files.
    private func read() throws(KeyRingError) -> [Numbered] {
        let numbers = try fileNumbers()
        guard numbers.count <= IdentityLimits.ringKeysMax else { throw .crowded(path: path) }
        var found: [Numbered] = []
        for number in numbers {
            let file = self.file(number)
            let bytes: ByteString?
            do throws(PrivateFile.Fault) {
                bytes = try PrivateFile(file).read(bytesMax: IdentityLimits.keyFileBytesMax)
            } catch {
                throw KeyRingError(error, path: file)
            }
            // Another process removed an old one between the listing and the reading.
            guard let bytes else { continue }
            guard let key = PrivateKeyText.read(bytes),
                !found.contains(where: { $0.key.keyID == key.keyID })
            else { throw .malformed(path: file) }
            found.append(Numbered(number: number, key: key))
        }
        return found
    }

    private func remove(endedIn found: [Numbered], nowSeconds: Int64) -> KeyRing {
        let ring = KeyRing(found.map(\.key))
        for one in found where ring.hasEnded(one.key, nowSeconds: nowSeconds) {
            // Should it fail, the next upkeep tries again; the key is not published in any case.
            _ = unsafe unlink(file(one.number))
        }
        return KeyRing(ring.keys.filter { !ring.hasEnded($0, nowSeconds: nowSeconds) })
    }

    private func file(_ number: Int) -> String {
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        return "\(path)/\(zeros)\(digits).key"
    }

    private func fileNumbers() throws(KeyRingError) -> [Int] {
        guard let folder = unsafe opendir(path) else {
            throw .unreadable(path: path, reason: PrivateFile.lastReason())
        }
        defer { unsafe closedir(folder) }
        var numbers: [Int] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe String(
                    cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            guard name.hasSuffix(".key"), let number = DecimalText.parse(name.dropLast(4)) else {
                continue
            }
            // A spelling of ours only: 1.key is somebody else's.
            if file(Int(number)) == "\(path)/\(name)" { numbers.append(Int(number)) }
        }
        return numbers.sorted()
    }
}
