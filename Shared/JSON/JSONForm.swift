import Bytes

/// The form of a member's value: a type, so that a table of members carries it for nothing.
@usableFromInline package protocol JSONForm: SendableMetatype {
    /// What such values look like.
    static var schema: JSONSchema { get }
}

/// Any value: what a member written by hand may have.
@usableFromInline package enum AnythingForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .anything }
}
/// A string.
@usableFromInline package enum TextForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .string(length: nil) }
}
/// A whole number.
@usableFromInline package enum WholeForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .integer(nil) }
}
/// The number of a thing.
@usableFromInline package enum IDForm: JSONForm {
    private enum Thing {}
    @usableFromInline package static var schema: JSONSchema { .integer(1...ID<Thing>.rawValueMax) }
}
/// Any number.
@usableFromInline package enum NumberForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .number }
}
/// true or false.
@usableFromInline package enum FlagForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .bool }
}
/// A moment.
@usableFromInline package enum TimeForm: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .time }
}
/// One of the words that a type knows.
@usableFromInline package enum WordForm<Word: RawRepresentable & CaseIterable>: JSONForm
where Word.RawValue == String {
    @usableFromInline package static var schema: JSONSchema { .word(Word.allCases.map(\.rawValue)) }
}
/// A value of another form, or null.
@usableFromInline package enum NullForm<Inner: JSONForm>: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .nullable(Inner.schema) }
}
/// A list of values of one form.
@usableFromInline package enum ListForm<Element: JSONForm>: JSONForm {
    @usableFromInline package static var schema: JSONSchema { .array(Element.schema, count: nil) }
}
/// A record, whole.
@usableFromInline package enum RecordForm<Inner: JSONRecord>: JSONForm {
    @usableFromInline package static var schema: JSONSchema { Inner.answerSchema }
}
/// The small form of a record.
@usableFromInline package enum CardForm<Inner: JSONRecord>: JSONForm {
    @usableFromInline package static var schema: JSONSchema { Inner.cardSchema }
}
