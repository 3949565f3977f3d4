/// Why a configuration was refused: every fault that one reading found.
package struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    package struct Fault: Equatable, Sendable, CustomStringConvertible {
        /// A JSON pointer (RFC 6901) into the file; empty for the file as a whole.
        package let pointer: String
        package let code: AWSErrorCode
        package let detail: String

        package init(pointer: String, code: AWSErrorCode, detail: String) {
            self.pointer = pointer
            self.code = code
            self.detail = detail
        }

        /// `/Listeners/0/Port: ValidationError: …`
        package var description: String {
            pointer.isEmpty
                ? "\(code.rawValue): \(detail)" : "\(pointer): \(code.rawValue): \(detail)"
        }
    }

    /// The file's name as it was given.
    package let file: String
    package let faults: [Fault]

    package init(file: String, faults: [Fault]) {
        precondition(!faults.isEmpty, "a refusal has a reason")
        self.file = file
        self.faults = faults
    }

    /// One line for each fault, each beginning with the file.
    package var description: String {
        faults.map { "\(file): \($0)" }.joined(separator: "\n")
    }
}
