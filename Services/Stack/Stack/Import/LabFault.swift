import JSON

/// Why a file cannot be read on from here.
struct LabFault: Error, Equatable, Sendable {
    enum Reason: Equatable, Sendable {
        /// It is not JSON.
        case notJSON(JSONError.Reason)
        /// It is JSON, but the document is no object.
        case notAnObject
        /// `users`, `threads` or `posts` holds something else than an array.
        case notAnArray(LabSection)
        /// The same array comes twice.
        case twice(LabSection)
        /// The name of a member is longer than any name.
        case nameTooLong
    }

    let reason: Reason
    /// Bytes from the start of what was being looked at.
    let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    init(_ error: JSONError, from offset: Int) {
        self.init(.notJSON(error.reason), at: offset + error.offset)
    }

    /// What is wrong, for a person.
    var text: String {
        switch reason {
        case .notJSON(let reason): "not JSON: \(reason.rawValue)"
        case .notAnObject: "an object with users, threads and posts is expected"
        case .notAnArray(let section): "\"\(section.rawValue)\" must be an array"
        case .twice(let section): "\"\(section.rawValue)\" comes a second time"
        case .nameTooLong: "a member's name has at most \(ImportLimits.nameBytesMax) bytes"
        }
    }
}
