import Seeding

/// Who may see what, as the rules say it: no index, no query, no shortcut.
struct ForumModel {
    struct Category {
        /// 0 for guests to 3 for admins.
        var read: Int
        var isModeratedByJake: Bool
        var parent: Int?
    }

    struct Thread {
        var category: Int
        var isDeleted: Bool
        var tag: String
        /// Found by this word alone.
        let word: String
    }

    struct Reader {
        let name: String?
        let level: Int
        var isJake: Bool { name == "jake" }
    }

    static let readers = [
        Reader(name: nil, level: 0), Reader(name: "finn", level: 1),
        Reader(name: "jake", level: 1), Reader(name: "bubblegum", level: 2),
    ]
    static let roles = ["guest", "member", "moderator", "admin"]
    static let tags = ["red", "green", "blue"]

    var categories = [1: Category(read: 0, isModeratedByJake: false, parent: nil)]
    var threads: [Int: Thread] = [:]

    func level(_ category: Int) -> Int {
        guard let entry = categories[category] else { return 9 }
        return max(entry.read, entry.parent.map(level) ?? 0)
    }

    func reads(_ reader: Reader, _ category: Int) -> Bool {
        reader.level >= level(category)
            || (reader.isJake && categories[category]?.isModeratedByJake == true)
    }

    /// The threads in the lists of `reader`.
    func seen(by reader: Reader, where isWanted: (Thread) -> Bool = { _ in true }) -> [Int] {
        threads.filter { !$0.value.isDeleted && reads(reader, $0.value.category) }
            .filter { isWanted($0.value) }.map(\.key).sorted()
    }
}
