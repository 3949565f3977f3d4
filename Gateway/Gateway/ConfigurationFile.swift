package import Bytes
import Glibc

/// The file that holds the configuration.
package struct ConfigurationFile: Sendable {
    /// What changes when somebody writes the file or puts another in its place.
    package struct Stamp: Equatable, Sendable {
        fileprivate let device: UInt
        fileprivate let inode: UInt
        fileprivate let size: Int
        fileprivate let seconds: Int
        fileprivate let nanoseconds: Int
    }

    package let path: String

    package init(path: String) { self.path = path }

    /// Nil while there is no such file.
    package var stamp: Stamp? {
        var status = Glibc.stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    /// The bytes of the file. Refuses what cannot be read or is larger than any configuration.
    package func read() throws(ConfigurationError) -> ByteString {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(reason(errno)) }
        defer { close(descriptor) }
        var bytes = ByteBuffer()
        while bytes.count <= GatewayLimits.configurationBytesMax {
            var count = 0
            unsafe bytes.withRoom(ConfigurationFile.readBytes) { room in
                count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
                return max(0, count)
            }
            if count == 0 { return bytes.freeze() }
            if count < 0 { throw refusal(reason(errno)) }
        }
        throw refusal("larger than \(GatewayLimits.configurationBytesMax) bytes")
    }

    /// The configuration the file holds now.
    package func load() throws(ConfigurationError) -> GatewayConfiguration {
        try GatewayConfiguration.parse(try read(), file: path)
    }

    private static let readBytes = 64 * 1024

    private func refusal(_ reason: String) -> ConfigurationError {
        ConfigurationError(
            file: path,
            faults: [
                ConfigurationError.Fault(pointer: "", code: .validationError, detail: reason)
            ])
    }

    private func reason(_ code: Int32) -> String {
        "cannot be read: \(unsafe String(cString: strerror(code)))"
    }
}
