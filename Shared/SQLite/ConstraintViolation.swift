import CSQLite

/// A rule of the schema that a statement would have broken.
@usableFromInline package struct ConstraintViolation: Equatable, Sendable {
    /// The kinds of rule a caller may want to tell apart.
    package enum Kind: String, Sendable {
        /// A unique index or a primary key already holds the value.
        case unique
        case foreignKey
        case check
        case notNull
        /// The value does not have the type of its column.
        case type
        /// Raised by a trigger.
        case other
    }

    /// What kind of rule it was.
    package let kind: Kind

    /// The columns (`users.username`), the name of the check or the text of the trigger; empty for
    /// foreign keys, of which SQLite does not say more.
    package let subject: String

    init(code: Int32, message: String) {
        kind = Kind(code: code)
        subject = kind.subject(of: message)
    }
}

extension ConstraintViolation.Kind {
    init(code: Int32) {
        self =
            switch code {
            case forum_constraint_unique, forum_constraint_primary_key, forum_constraint_rowid:
                .unique
            case forum_constraint_foreign_key: .foreignKey
            case forum_constraint_check: .check
            case forum_constraint_not_null: .notNull
            case forum_constraint_datatype: .type
            default: .other
            }
    }

    /// The kind comes from the code; only the name, which no code carries, from SQLite's text.
    fileprivate func subject(of message: String) -> String {
        switch self {
        // UNIQUE constraint failed: users.username
        case .unique, .check, .notNull: message.part(after: ":")
        // cannot store TEXT value in INTEGER column users.age
        case .type: message.part(after: " ")
        case .foreignKey: ""
        case .other: message
        }
    }
}

extension String {
    /// What follows the last `mark`, without blanks before it; nothing when there is no mark.
    fileprivate func part(after mark: Character) -> String {
        guard let place = lastIndex(of: mark) else { return "" }
        return String(self[index(after: place)...].drop { $0 == " " })
    }
}
