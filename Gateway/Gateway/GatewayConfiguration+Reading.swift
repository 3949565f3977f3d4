package import Bytes
import JSON
import Reactor

extension GatewayConfiguration {
    /// The configuration that `bytes` spell. Refuses with every fault found; `file` is the name to
    /// report.
    package static func parse(
        _ bytes: ByteString, file: String
    ) throws(ConfigurationError) -> GatewayConfiguration {
        let faults: [ConfigurationError.Fault]
        do {
            return try ConfigurationInput.decode(bytes, strict: true).configuration
        } catch let error as JSONRejection {
            faults = error.complaints.map { complaint in
                // Complaints that come from the reader itself are all about values:
                // ValidationError.
                ConfigurationError.Fault(
                    pointer: complaint.pointer,
                    code: AWSErrorCode(rawValue: complaint.code) ?? .validationError,
                    detail: complaint.detail)
            }
        } catch let error as JSONError {
            faults = [fault(error, in: bytes)]
        } catch {
            faults = [
                ConfigurationError.Fault(pointer: "", code: .validationError, detail: "\(error)")
            ]
        }
        throw ConfigurationError(file: file, faults: faults)
    }

    private static func fault(_ error: JSONError, in bytes: ByteString) -> ConfigurationError.Fault
    {
        let before = bytes.array.prefix(error.offset)
        let line = before.count { $0 == ASCII.lineFeed } + 1
        let column = before.count - (before.lastIndex(of: ASCII.lineFeed).map { $0 + 1 } ?? 0) + 1
        return ConfigurationError.Fault(
            pointer: "", code: .validationError,
            detail: "line \(line), column \(column): \(error.reason.rawValue)")
    }
}

/// Whether `text` is a dotted-decimal address.
func isIPv4Address(_ text: String) -> Bool { SocketAddress(text, port: 0) != nil }
