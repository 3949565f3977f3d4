import TopicsAPI

/// Who sees a topic in lists, as the number that every index of topics begins with. The view
/// `topic_bands` works it out; a list walks the bands that its reader sees, and meets nothing else.
enum TopicBand {
    /// The bands of topics in `state` that somebody with `level` sees in every category.
    static func seen(_ state: ListedState, byLevel level: Int64) -> [Int64] {
        if state == .visible { return Array(0...level) }
        return level < moderating ? [] : (moderating...level).map { base(state) + $0 }
    }

    /// The band of topics in `state` in a category.
    static func of(_ state: ListedState, _ levels: CategoryLevels) -> Int64 {
        if state == .visible { return levels.read }
        return base(state) + max(moderating, levels.read, levels.moderate)
    }

    /// The level from which on somebody keeps order everywhere.
    private static let moderating: Int64 = 2

    private static func base(_ state: ListedState) -> Int64 {
        switch state {
        case .visible: 0
        case .pending: 2
        case .deleted: 4
        case .merged: 6
        }
    }
}

/// The states that a list can be of; what is purged is in none.
enum ListedState: String, CaseIterable, Sendable { case visible, pending, deleted, merged }
