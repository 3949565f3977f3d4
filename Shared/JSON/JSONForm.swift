import Bytes

/// The form of a member's value: a type, so that a table of members carries it for nothing.
package protocol JSONForm: SendableMetatype {
    /// What such values look like.
    static var schema: JSONSchema { get }
}

/// Any value: what a member written by hand may have.
package enum AnythingForm: JSONForm { package static var schema: JSONSchema { .anything } }
/// A string.
package enum TextForm: JSONForm { package static var schema: JSONSchema { .string(length: nil) } }
/// A whole number.
package enum WholeForm: JSONForm { package static var schema: JSONSchema { .integer(nil) } }
/// The number of a thing.
package enum IDForm: JSONForm {
    private enum Thing {}
    package static var schema: JSONSchema { .integer(1...ID<Thing>.rawValueMax) }
}
/// Any number.
package enum NumberForm: JSONForm { package static var schema: JSONSchema { .number } }
/// true or false.
package enum FlagForm: JSONForm { package static var schema: JSONSchema { .bool } }
/// A moment.
package enum TimeForm: JSONForm { package static var schema: JSONSchema { .time } }
/// One of the words that a type knows.
package enum WordForm<Word: RawRepresentable & CaseIterable>: JSONForm
where Word.RawValue == String {
    package static var schema: JSONSchema { .word(Word.allCases.map(\.rawValue)) }
}
/// A value of another form, or null.
package enum NullForm<Inner: JSONForm>: JSONForm {
    package static var schema: JSONSchema { .nullable(Inner.schema) }
}
/// A list of values of one form.
package enum ListForm<Element: JSONForm>: JSONForm {
    package static var schema: JSONSchema { .array(Element.schema, count: nil) }
}
/// A record, whole.
package enum RecordForm<Inner: JSONRecord>: JSONForm {
    package static var schema: JSONSchema { Inner.answerSchema }
}
/// The small form of a record.
package enum CardForm<Inner: JSONRecord>: JSONForm {
    package static var schema: JSONSchema { Inner.cardSchema }
}
