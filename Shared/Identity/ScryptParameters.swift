package import Bytes
import CCrypto

/// How much a guess costs (RFC 7914): memory and time.
package struct ScryptParameters: Equatable, Sendable {
    /// N as a power of two; memory and time double with each step.
    package let logN: Int
    /// r, in units of 128 bytes.
    package let blockSize: Int
    /// p, one after the other here: time, but no memory.
    package let parallelism: Int

    /// N = 2^14, r = 8, p = 5: 16 MiB and about a fifth of a second. One of the equivalents that
    /// OWASP's cheat sheet on password storage names, and the one that fits into a container.
    package static let standard = ScryptParameters(unchecked: 14, 8, 5)

    /// Nil for what the algorithm does not allow and for what costs more than `IdentityLimits`
    /// does.
    package init?(logN: Int, blockSize: Int, parallelism: Int) {
        guard (1...20).contains(logN), (1...64).contains(blockSize),
            (1...64).contains(parallelism)
        else { return nil }
        self.init(unchecked: logN, blockSize, parallelism)
        guard memoryBytes <= IdentityLimits.scryptBytesMax, work <= IdentityLimits.scryptWorkMax
        else { return nil }
    }

    private init(unchecked logN: Int, _ blockSize: Int, _ parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// What one derivation takes: all of it must fit, or OpenSSL refuses.
    package var memoryBytes: Int { 128 * blockSize * ((1 << logN) + 2 + parallelism) }

    /// Proportional to the time that it takes.
    private var work: Int { (1 << logN) * blockSize * parallelism }

    /// Whether a guess costs less than with `other`, in memory or in time.
    package func isWeaker(than other: ScryptParameters) -> Bool {
        (1 << logN) * blockSize < (1 << other.logN) * other.blockSize || work < other.work
    }

    /// `count` bytes for a password and its salt. Keeps the thread for as long as it takes: never
    /// on an event loop.
    package func derive(
        _ count: Int, from password: ByteString, salt: ByteString
    ) throws(CryptoFault) -> ByteString {
        var derived = [UInt8](repeating: 0, count: count)
        let code = unsafe password.withBytes { password in
            unsafe salt.withBytes { salt in
                unsafe EVP_PBE_scrypt(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count,
                    salt.baseAddress?.assumingMemoryBound(to: UInt8.self), salt.count,
                    UInt64(1) << UInt64(logN), UInt64(blockSize), UInt64(parallelism),
                    UInt64(memoryBytes), &derived, derived.count)
            }
        }
        guard code == 1 else {
            ERR_clear_error()
            throw .failed("scrypt")
        }
        return ByteString(derived)
    }
}
