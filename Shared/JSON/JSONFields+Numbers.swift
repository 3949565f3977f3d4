package import Bytes

extension JSONFields {
    /// A number written without fraction and exponent, within `range`.
    package mutating func requiredInteger(
        _ name: StaticString, in range: ClosedRange<Int64> = Int64.min...Int64.max
    ) -> Int64 {
        guard let value = value(name) else {
            missing(name)
            return range.lowerBound
        }
        return integer(name, value, range) ?? range.lowerBound
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalInteger(
        _ name: StaticString, in range: ClosedRange<Int64> = Int64.min...Int64.max
    ) -> Int64? {
        value(name).flatMap { integer(name, $0, range) }
    }

    /// The number of a `Thing`: 1…2^53.
    package mutating func requiredID<Thing>(
        _ name: StaticString, as type: Thing.Type
    ) -> ID<Thing> {
        ID(requiredInteger(name, in: 1...ID<Thing>.rawValueMax))
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalID<Thing>(
        _ name: StaticString, as type: Thing.Type
    ) -> ID<Thing>? {
        optionalInteger(name, in: 1...ID<Thing>.rawValueMax).map { ID($0) }
    }

    /// true or false.
    package mutating func requiredBool(_ name: StaticString) -> Bool {
        guard let value = value(name) else {
            missing(name)
            return false
        }
        return bool(name, value) ?? false
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalBool(_ name: StaticString) -> Bool? {
        value(name).flatMap { bool(name, $0) }
    }

    private mutating func bool(_ name: StaticString, _ value: JSONValue) -> Bool? {
        if case .bool(let bool) = value { return bool }
        wrongType(name, "a boolean", value)
        return nil
    }

    private mutating func integer(
        _ name: StaticString, _ value: JSONValue, _ range: ClosedRange<Int64>
    ) -> Int64? {
        guard case .integer(let number) = value else {
            if case .number(let other) = value, other.isWhole {
                complainOfRange(name, range)
            } else {
                wrongType(name, "a whole number", value)
            }
            return nil
        }
        if range.contains(number) { return number }
        complainOfRange(name, range)
        return nil
    }

    private mutating func complainOfRange(_ name: StaticString, _ range: ClosedRange<Int64>) {
        let detail = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        complain(name, JSONComplaint.outOfRange, detail)
    }
}
