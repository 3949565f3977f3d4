package import Bytes

/// One step through a JSON text. Slices are places in the bytes that the reader was lent.
package enum JSONToken: Equatable, Sendable {
    case beginObject, endObject
    case beginArray, endArray
    /// The name of a member; its value comes next.
    case key(JSONText)
    case string(JSONText)
    /// A number without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number, as written.
    case number(Slice)
    case bool(Bool)
    case null
    /// The one value is complete and nothing follows it.
    case end
}
