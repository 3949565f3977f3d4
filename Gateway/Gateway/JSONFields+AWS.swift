import JSON

/// Complaints with the codes of `elbv2`.
extension JSONFields {
    /// Says what is wrong with `name`, which may go deeper: `Rules/0/Priority`.
    mutating func refuse(_ name: String, _ code: AWSErrorCode, _ detail: String) {
        complain(name, code.rawValue, detail)
    }

    /// A member that AWS's documents carry and that changes nothing here.
    mutating func ignore(_ names: StaticString...) {
        for name in names { _ = has(name) }
    }

    /// A member that AWS knows and this gateway does not serve yet: refused rather than ignored.
    mutating func refuseIfPresent(_ names: StaticString...) {
        for name in names where has(name) && !isNull(name) {
            refuse("\(name)", .invalidConfigurationRequest, "\(name) is not served by this version")
        }
    }

    /// A port; 0, which asks the system for a free one, only where `allowsZero` says so.
    mutating func requiredPort(_ name: StaticString, allowsZero: Bool = false) -> UInt16 {
        UInt16(requiredInteger(name, in: (allowsZero ? 0 : 1)...65_535))
    }

    /// A dotted-decimal address.
    mutating func optionalAddress(_ name: StaticString) -> String? {
        guard let text = optionalString(name) else { return nil }
        guard isIPv4Address(text) else {
            refuse("\(name)", .validationError, "an IPv4 address is expected, such as 127.0.0.1")
            return nil
        }
        return text
    }
}
