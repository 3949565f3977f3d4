import Bytes

extension HeadStorage {
    /// Whether the Connection fields of this head name the field at `line`, in any case: a proxy
    /// then leaves it out (RFC 9110 §7.6.1), unless it is one that the client must not be able to
    /// remove.
    package func isNamedByConnection(_ line: FieldLine) -> Bool {
        guard has(.connection) else { return false }
        let name = unsafe bytes(line.name)
        let all = unsafe contents.value.buffer.readable
        for field in lines where field.known == .connection {
            var tokens = FieldTokens(field.value)
            while let token = unsafe tokens.next(all) {
                if unsafe ASCII.equalsIgnoringCase(bytes(token), name) { return true }
            }
        }
        return false
    }
}

extension ASCII {
    /// Compares two names without regard to ASCII case.
    fileprivate static func equalsIgnoringCase(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count
        where unsafe lowercased(left[index]) != lowercased(right[index]) { return false }
        return true
    }
}
