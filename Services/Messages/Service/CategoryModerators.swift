import SQLite

/// Who keeps order in a category, as the cards of its threads say. All threads of a category say
/// the same, and the latest that was told is right.
enum CategoryModerators {
    /// Keeps who they are; most cards bring nothing new.
    static func keep(
        _ users: [Int64], of category: Int64, _ transaction: borrowing Transaction
    ) throws {
        let text = users.map { "\($0)" }.joined(separator: " ")
        if try transaction.first(Queries.known, category) ?? "" == text { return }
        try transaction.run(Queries.keep, category, text)
        try transaction.run(Queries.forget, category)
        for user in Set(users) { try transaction.run(Queries.add, user, category) }
    }

    /// All SQL of moderators of categories.
    enum Queries {
        static let categories = Query<Int64, Int64>(
            "SELECT category FROM category_moderators WHERE user = ?1 ORDER BY category"
        ) { $0.int64(0) }
        static let known = Query<Int64, String>(
            "SELECT moderators FROM category_card WHERE id = ?1"
        ) { $0.text(0) }
        static let keep = Query<(Int64, String), Void>(
            """
            INSERT INTO category_card (id, moderators) VALUES (?1, ?2)
            ON CONFLICT (id) DO UPDATE SET moderators = ?2
            """)
        static let forget = Query<Int64, Void>(
            "DELETE FROM category_moderators WHERE category = ?1")
        static let add = Query<(Int64, Int64), Void>(
            "INSERT INTO category_moderators (user, category) VALUES (?1, ?2)")
    }
}
