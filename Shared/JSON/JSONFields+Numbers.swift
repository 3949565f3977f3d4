package import Bytes

extension JSONFields {
    /// A number written without fraction and exponent, within `range`.
    package mutating func requiredInteger(
        _ name: StaticString, in range: ClosedRange<Int64> = Int64.min...Int64.max
    ) -> Int64 {
        required(name, .integer(range), range.lowerBound) { $0.integer("\(name)", $1, range) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalInteger(
        _ name: StaticString, in range: ClosedRange<Int64> = Int64.min...Int64.max
    ) -> Int64? {
        optional(name, .integer(range)) { $0.integer("\(name)", $1, range) }
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

    /// Any number, as the nearest double, within `range`.
    package mutating func requiredNumber(
        _ name: StaticString, in range: ClosedRange<Double>
    ) -> Double {
        required(name, .number, range.lowerBound) { $0.number(name, $1, range) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalNumber(
        _ name: StaticString, in range: ClosedRange<Double>
    ) -> Double? {
        optional(name, .number) { $0.number(name, $1, range) }
    }

    /// true or false.
    package mutating func requiredBool(_ name: StaticString) -> Bool {
        required(name, .bool, false) { $0.bool(name, $1) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalBool(_ name: StaticString) -> Bool? {
        optional(name, .bool) { $0.bool(name, $1) }
    }

    mutating func bool(_ name: StaticString, _ value: JSONValue) -> Bool? {
        if case .bool(let bool) = value { return bool }
        wrongType(name, "a boolean", value)
        return nil
    }

    mutating func integer(
        _ path: String, _ value: JSONValue, _ range: ClosedRange<Int64>
    ) -> Int64? {
        guard case .integer(let number) = value else {
            if case .number(let other) = value, other.isWhole {
                complainOfRange(path, range)
            } else {
                let detail = "a whole number is expected, not \(value.kind)"
                complain(path, JSONComplaint.wrongType, detail)
            }
            return nil
        }
        if range.contains(number) { return number }
        complainOfRange(path, range)
        return nil
    }

    private mutating func complainOfRange(_ path: String, _ range: ClosedRange<Int64>) {
        let detail = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        complain(path, JSONComplaint.outOfRange, detail)
    }

    private mutating func number(
        _ name: StaticString, _ value: JSONValue, _ range: ClosedRange<Double>
    ) -> Double? {
        let number: Double
        switch value {
        case .integer(let whole): number = Double(whole)
        case .number(let other): number = other.double
        default:
            wrongType(name, "a number", value)
            return nil
        }
        if range.contains(number) { return number }
        let detail = "a number from \(range.lowerBound) to \(range.upperBound)"
        complain(name, JSONComplaint.outOfRange, detail)
        return nil
    }
}
